"""The fixed words of the ledger and of its rules, and what people read for them."""

from enum import StrEnum

from ..core.text import N_

MOST = 1_000_000
"""More points than this no single entry moves: whoever asks has mistyped."""


class Owner(StrEnum):
    """Whose an account is. Only the source may go below nothing: what it owes is all that was ever issued."""

    SOURCE = "source"
    POOL = "pool"
    PERSON = "person"
    HELD = "held"
    MERCHANT = "merchant"
    EXPIRED = "expired"


class Kind(StrEnum):
    """What an entry does."""

    ISSUE = "issue"
    EARN = "earn"
    HOLD = "hold"
    CONFIRM = "confirm"
    RELEASE = "release"
    EXPIRE = "expire"
    REVERSE = "reverse"
    REDUCE = "reduce"


KINDS = {
    Kind.ISSUE: N_("发放预算"),
    Kind.EARN: N_("得到积分"),
    Kind.HOLD: N_("兑换中，先扣下"),
    Kind.CONFIRM: N_("兑换"),
    Kind.RELEASE: N_("没有兑换，退回"),
    Kind.EXPIRE: N_("到期"),
    Kind.REVERSE: N_("更正"),
    Kind.REDUCE: N_("服务时长更正，收回"),
}


class Why(StrEnum):
    """Why an operation on the books is refused."""

    BAD_AMOUNT = "bad_amount"
    SHORT = "insufficient"
    SAME_KEY = "duplicate_id"
    REVERSED = "already_reversed"
    USED = "already_spent_or_expired"
    CLOSED = "closed"
    NOT_REVERSIBLE = "not_reversible"
    BUDGET = "budget"
    ELSEWHERE = "elsewhere"


REFUSALS = {
    Why.BAD_AMOUNT: N_("积分要写 1 到 1000000 的整数。"),
    Why.SHORT: N_("积分不够。"),
    Why.SAME_KEY: N_("这个编号已经记过另一笔，请刷新页面再办。"),
    Why.REVERSED: N_("这一笔已经更正过了。"),
    Why.USED: N_("这笔积分已经用过或到期，不能再更正。"),
    Why.CLOSED: N_("这次兑换已经结束了。"),
    Why.NOT_REVERSIBLE: N_("只有得到积分和兑换可以更正。"),
    Why.BUDGET: N_("积分池的预算不够，请先追加预算。"),
    Why.ELSEWHERE: N_("这两个账户不在同一个社区。"),
}


class Deed(StrEnum):
    """What somebody is thanked for. There is no deed for a vote, a rating or a statutory vote, and there will be none:
    points for them would buy consent."""

    HOUR = "hour"
    MEETING = "meeting"
    ADOPTED = "adopted"
    TRAINING = "training"
    SURVEY = "survey"
    SKILL = "skill"
    REPORT = "report"
    HAZARD = "hazard"
    OTHER = "other"


DEEDS = {
    Deed.HOUR: N_("志愿服务"),
    Deed.MEETING: N_("参加会议"),
    Deed.ADOPTED: N_("提的议题形成决定"),
    Deed.TRAINING: N_("参加培训，半小时以上"),
    Deed.SURVEY: N_("填写问卷"),
    Deed.SKILL: N_("用手艺帮邻居"),
    Deed.REPORT: N_("报事被核实"),
    Deed.HAZARD: N_("报隐患被核实"),
    Deed.OTHER: N_("别的好事"),
}


class Per(StrEnum):
    """What a rule counts."""

    TIME = "time"
    HOUR = "hour"


PERS = {Per.TIME: N_("每次"), Per.HOUR: N_("每小时")}


class Approver(StrEnum):
    """Who gives the points of a rule: the portal, when it sees the event; or two people, with evidence."""

    PORTAL = "portal"
    TWO = "two"


APPROVERS = {Approver.PORTAL: N_("门户自动计分"), Approver.TWO: N_("两人核实")}


class Evidence(StrEnum):
    """What a grant has to show."""

    EVENT = "event"
    TEXT = "text"
    PHOTO = "photo"


EVIDENCE = {
    Evidence.EVENT: N_("门户里的记录"),
    Evidence.TEXT: N_("写明经过"),
    Evidence.PHOTO: N_("写明经过并附照片"),
}


class NotGiven(StrEnum):
    """Why the portal could not thank somebody."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    TOTAL = "total"
    BUDGET = "budget"
