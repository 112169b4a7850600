"""Projects (floor 7): a decision carried out in public: who does it, by when, with whose money, and how well.

Words: *milestone* (节点) a step with its day; *delay* (延期) a new day for a milestone, with the reason, in public;
*funding* (资金来源) where each yuan comes from; *spending* (支出) money paid, with its receipt; *supervisors*
(监督小组) the neighbours who watch and accept the work; *acceptance* (验收) their yes, or a list of defects and a
day; *rating* (评价) what residents say when it is done.
"""
