"""Plans (between councils and voting): what is proposed to settle a topic, and what became of what people said.

Words: *draft* (稿) one numbered wording of the plan (方案) of a topic, never changed after it was published; *opinion*
(意见) a comment on the topic that answers no other; *uptake* (采纳情况) whether a draft took an opinion up, in part or
not, with the reason that its author reads beside it.
"""
