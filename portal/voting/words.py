"""The fixed words of a poll."""

from enum import StrEnum

from ..core.text import N_


class PollState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CERTIFIED = "certified"
    ANNULLED = "annulled"
    PUT_AWAY = "put_away"
    """A draft that came to nothing; it was never shown and has no number."""


COUNTED = (PollState.CLOSED, PollState.CERTIFIED)
"""While everybody may see what the count has given; of an annulled poll never."""

STATE_WORD: dict[PollState, str] = {
    PollState.DRAFT: N_("还没开始"),
    PollState.OPEN: N_("投票中"),
    PollState.CLOSED: N_("已截止，等书记核定"),
    PollState.CERTIFIED: N_("结果已核定"),
    PollState.ANNULLED: N_("已作废"),
    PollState.PUT_AWAY: N_("草稿，已收起"),
}


class Method(StrEnum):
    """How papers are marked and counted; the names of the counting package."""

    RESOLUTION = "resolution"
    PLURALITY = "plurality"
    APPROVAL = "approval"
    SCORE = "score"
    IRV = "irv"
    SCHULZE = "schulze"
    RANKED_PAIRS = "ranked_pairs"
    BORDA = "borda"
    STV_SCOTTISH = "stv_scottish"
    STV_MEEK = "stv_meek"
    PB_MES = "pb_mes"
    PB_GREEDY = "pb_greedy"


METHOD_WORD: dict[Method, str] = {
    Method.RESOLUTION: N_("同意还是反对"),
    Method.PLURALITY: N_("只选一项"),
    Method.APPROVAL: N_("可以选几项"),
    Method.SCORE: N_("给每项打分"),
    Method.IRV: N_("排先后，逐轮淘汰"),
    Method.SCHULZE: N_("排先后，两两比（舒尔策法）"),
    Method.RANKED_PAIRS: N_("排先后，两两比（排序对法）"),
    Method.BORDA: N_("排先后，按名次给分（波达法）"),
    Method.STV_SCOTTISH: N_("选几个人，转移票（苏格兰规则）"),
    Method.STV_MEEK: N_("选几个人，转移票（米克规则）"),
    Method.PB_MES: N_("分一笔钱，每人一份（均分法）"),
    Method.PB_GREEDY: N_("分一笔钱，票多的先办"),
}

METHOD_HOW: dict[Method, str] = {
    Method.RESOLUTION: N_("一件事，每人选同意或者反对，也可以弃权。够不够通过，照下面选的规则算。"),
    Method.PLURALITY: N_("每人选一项，票最多的为准。"),
    Method.APPROVAL: N_("每人可以选几项，票多的为准。"),
    Method.SCORE: N_("每项打一个分，总分最高的为准。没打分的按最低分算。"),
    Method.IRV: N_(
        "按喜欢的先后排。先数第一位，没有一项过半，就去掉最少的一项，它的票转给各人的下一位，直到有一项过半。"
    ),
    Method.SCHULZE: N_(
        "按喜欢的先后排。每两项比一次，看更多人把哪一项排在前面。几项互有输赢时，比各条线上最弱的一环，强的为准。"
    ),
    Method.RANKED_PAIRS: N_(
        "按喜欢的先后排。每两项比一次，看更多人把哪一项排在前面。赢得最多的先算数，和前面矛盾的不算。"
    ),
    Method.BORDA: N_("按喜欢的先后排。排第一分最多，往后每位少一分，总分最高的为准。没排的平分剩下的分。"),
    Method.STV_SCOTTISH: N_(
        "按喜欢的先后排人。票够了就当选，多出的票按比例转给各人的下一位；没人够，就去掉最少的一个，票也转走。"
    ),
    Method.STV_MEEK: N_("和上一种一样排、一样转，只是每选出或去掉一个人，就把所有的票从头再分一遍。"),
    Method.PB_MES: N_(
        "这笔钱平均分给每个投票的人。支持一个项目的人凑得出它的钱，就办；凑得最省的先办。人少的楼也有份。"
    ),
    Method.PB_GREEDY: N_("支持的人最多的项目先办，剩下的钱不够办它，就看下一个，直到钱用完。"),
}
"""How to mark and how it is counted, in one line."""

METHOD_GROUPS: tuple[tuple[str, tuple[Method, ...]], ...] = (
    (N_("一件事定不定"), (Method.RESOLUTION,)),
    (N_("选一项"), (Method.PLURALITY,)),
    (N_("选几项"), (Method.APPROVAL,)),
    (N_("打分"), (Method.SCORE,)),
    (N_("排先后"), (Method.IRV, Method.SCHULZE, Method.RANKED_PAIRS, Method.BORDA)),
    (N_("选几个人"), (Method.STV_SCOTTISH, Method.STV_MEEK)),
    (N_("小额项目预算"), (Method.PB_MES, Method.PB_GREEDY)),
)
"""As a secretary chooses: first what the voters do, then how it is counted."""

METHOD_USUAL: dict[Method, str] = {
    Method.IRV: N_("一般用这个：当场能用手数，大家看得懂。"),
    Method.STV_SCOTTISH: N_("一般用这个：当场能用手数。"),
    Method.PB_MES: N_("一般用这个：不会让人多的一边把钱全拿走。"),
}
"""Which to take where several count the same paper, and why."""


class Secrecy(StrEnum):
    NAMED = "named"
    SECRET = "secret"


SECRECY_WORD: dict[Secrecy, str] = {
    Secrecy.NAMED: N_("记名"),
    Secrecy.SECRET: N_("无记名"),
}


class RollKind(StrEnum):
    """Who is put on the roll when the poll opens."""

    SEATS = "seats"
    MEMBERS = "members"
    HOUSEHOLDS = "households"
    COMMITTEE = "committee"


ROLL_WORD: dict[RollKind, str] = {
    RollKind.SEATS: N_("议事会的席位"),
    RollKind.MEMBERS: N_("这里的全部住户"),
    RollKind.HOUSEHOLDS: N_("这里的住户，一户一票"),
    RollKind.COMMITTEE: N_("业委会委员"),
}


class Channel(StrEnum):
    """How a ballot came in."""

    ONLINE = "online"
    STAFF = "staff"


CHANNEL_WORD: dict[Channel, str] = {
    Channel.ONLINE: N_("本人投出"),
    Channel.STAFF: N_("工作人员代录"),
}


class Outcome(StrEnum):
    """What follows from a certified result for the topic."""

    SETTLED = "settled"
    RETURNED = "returned"


OUTCOME_WORD: dict[Outcome, str] = {
    Outcome.SETTLED: N_("按结果定下来"),
    Outcome.RETURNED: N_("回到协商"),
}
