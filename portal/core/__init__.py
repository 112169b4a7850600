"""The ground (floor 0): one mechanism for each concern, used by every feature; it knows no feature.

clock, workdays  what time it is        db, columns, nested  the database and its one transaction door
actor, directory who acts               access, atoms        who may do what: one rule, three readings
lifecycle        states and moves       eventlog             what happened, in the same transaction
actions          the only writers       routing, pages       HTTP in, whole pages and fragments out
listing, exports lists and their files  files, images        stored files
forms, text, leaves, amounts            input, words, small pieces of markup, exact quantities
panels, waiting  what upper features add to pages of lower ones, and what waits for whom
errors, failures refusals, and their HTTP faces
"""
