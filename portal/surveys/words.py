"""The fixed words of a questionnaire."""

from enum import StrEnum

from ..core.text import N_


class SurveyState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STATE_WORD: dict[SurveyState, str] = {
    SurveyState.DRAFT: N_("还没开始"),
    SurveyState.OPEN: N_("正在问"),
    SurveyState.CLOSED: N_("已截止，等公布"),
    SurveyState.PUBLISHED: N_("结果已公布"),
    SurveyState.WITHDRAWN: N_("已撤回"),
}
TONES: dict[SurveyState, tuple[str, str]] = {
    SurveyState.DRAFT: ("neutral", "circle"),
    SurveyState.OPEN: ("accent", "circle-dot"),
    SurveyState.CLOSED: ("warn", "hourglass"),
    SurveyState.PUBLISHED: ("ok", "badge-check"),
    SurveyState.WITHDRAWN: ("neutral", "ban"),
}


class Per(StrEnum):
    """Whose answer counts once."""

    HOUSEHOLD = "household"
    PERSON = "person"


PER_WORD: dict[Per, str] = {Per.HOUSEHOLD: N_("一户一份"), Per.PERSON: N_("一人一份")}


class Kind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"


KIND_WORD: dict[Kind, str] = {
    Kind.ONE: N_("选一项"),
    Kind.SEVERAL: N_("可以选几项"),
    Kind.SCALE: N_("打 1 到 5 分"),
    Kind.NUMBER: N_("填一个数"),
    Kind.TEXT: N_("写一段话"),
}


class Channel(StrEnum):
    """How an answer came in."""

    ONLINE = "online"
    STAFF = "staff"
    DOOR = "door"
    PAPER = "paper"


CHANNEL_WORD: dict[Channel, str] = {
    Channel.ONLINE: N_("本人在网上答"),
    Channel.STAFF: N_("工作人员代填"),
    Channel.DOOR: N_("上门问"),
    Channel.PAPER: N_("纸质问卷"),
}


BY_OTHERS = (Channel.DOOR, Channel.PAPER)
"""What somebody else entered for a household: its own answer takes the place of it."""


class Knock(StrEnum):
    """What came of knocking at a door without a sheet."""

    NOT_HOME = "not_home"
    REFUSED = "refused"


KNOCK_WORD: dict[Knock, str] = {Knock.NOT_HOME: N_("没人在家"), Knock.REFUSED: N_("不愿意答")}


class Flaw(StrEnum):
    """What is wrong with an answer."""

    EMPTY = "empty"
    UNKNOWN = "unknown"
    TOO_MANY = "too_many"
    NO_NUMBER = "no_number"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"


FLAW_WORD: dict[Flaw, str] = {
    Flaw.EMPTY: N_("这一题要答。"),
    Flaw.UNKNOWN: N_("请从给出的几项里选。"),
    Flaw.TOO_MANY: N_("选多了，请照题目说的项数选。"),
    Flaw.NO_NUMBER: N_("请写成整数，例如 12。"),
    Flaw.TOO_LARGE: N_("这个数太大了，请检查。"),
    Flaw.TOO_LONG: N_("写得太长了，请短一点。"),
}
