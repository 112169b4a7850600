"""Minutes (floor 5c): what remains of a meeting: what was said, what came of each item, who does what by when.

Words: *minutes* (会议纪要) are drafted when a meeting is closed; *section* a heading of them with its *lines*;
*outcome* (结果) what came of an item; *mark* what somebody who was there says of a line: right, or wrong and why;
*sealing* (定稿) when the hour is over: numbered, with its digest, published; *addendum* (补记) what is added
afterwards, since nothing is changed any more; *task* (事项) what somebody takes home, with five *duties*
(领办·交办·协办·操办·帮办) and a day.

A task is no milestone: a milestone is a weighed step of a project with money and supervisors; a task is a promise made
at a table, and most of them never become a project.
"""
