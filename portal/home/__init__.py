"""Home (floor 11): the first page, the desk of the staff, the plain pages about the portal, its health and backup.

It reads all floors and nobody imports it. Words: *figure* a number of a community, counted month by month as things
happen; *desk* (工作台) the queue of what waits for a post; *bucket* its rows by how near their hour is.

Features below add to the first page by panels of the subject `home`: slot `finished` (刚修好的) and slot `decided`
(最近定下来的事). Their `column` is correlated to `Place`, the row of the community, and rides in the page's one query.
"""
