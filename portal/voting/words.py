"""The fixed words of a poll."""

from enum import StrEnum

from ..core.text import N_


class PollState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CERTIFIED = "certified"
    ANNULLED = "annulled"


STATE_WORD: dict[PollState, str] = {
    PollState.DRAFT: N_("还没开始"),
    PollState.OPEN: N_("投票中"),
    PollState.CLOSED: N_("已截止，等书记核定"),
    PollState.CERTIFIED: N_("结果已核定"),
    PollState.ANNULLED: N_("已作废"),
}


class Method(StrEnum):
    """How a ballot is marked and read; the names of the counting package."""

    PLURALITY = "plurality"
    APPROVAL = "approval"


METHOD_WORD: dict[Method, str] = {
    Method.PLURALITY: N_("只选一项"),
    Method.APPROVAL: N_("可以选几项"),
}


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


ROLL_WORD: dict[RollKind, str] = {
    RollKind.SEATS: N_("议事会的席位"),
    RollKind.MEMBERS: N_("这里的全部住户"),
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
