"""Discussion (floor 3): what people say about a subject of another feature, and how it is moderated.

Words: *forum* a kind of subject that is spoken on, with the permissions that decide who speaks and who moderates;
*comment* what one person said, with at most one level of replies; *agreement* a neighbour's 赞同; *report* a
reader's notice that a comment breaks a rule; *hiding* a moderator's decision with its reason, lifted again by a
restoration; *appeal* the author's one objection to a hiding, ruled on by somebody else.

It knows no feature above it: a feature opens a discussion on its model with `subjects.open_on`.
"""
