"""The owners' assembly (业主大会): the statutory owners' vote of Civil Code art. 278, from draft to certificate.

Owners only, counted by exclusive area and by heads. Words: *owners' vote* (业主大会表决) one paper with its *matters*
(表决事项), each under an item of the law; *roll* (名册) the frozen list of *voters*, one a head, made from the *roll
units* of the scope; *speaker* (业主本人) one person on a title, several where owners are co-owners; *ballot* (表决票)
what a speaker said by one medium; *delivery* (送达) how a voter was reached; *proxy* (委托) a written authority;
*batch* (录票批次) papers entered twice by two people; *posting* (公示), *objection* (异议), *scrutineer* (监票人),
*certificate* (结果证明). The count itself is `voting.counting`. It stands above voting and below decisions.
"""
