"""The fixed words of an award."""

from enum import StrEnum

from ..core.text import N_


class AwardState(StrEnum):
    NOMINATING = "nominating"
    REVIEWING = "reviewing"
    VOTING = "voting"
    COUNTED = "counted"
    POSTED = "posted"
    HONOURED = "honoured"
    CANCELLED = "cancelled"


STATE_WORD: dict[AwardState, str] = {
    AwardState.NOMINATING: N_("正在提名"),
    AwardState.REVIEWING: N_("正在审核"),
    AwardState.VOTING: N_("正在投票"),
    AwardState.COUNTED: N_("票数出来了，等公示"),
    AwardState.POSTED: N_("名单公示中"),
    AwardState.HONOURED: N_("已评出"),
    AwardState.CANCELLED: N_("已取消"),
}
TONES: dict[AwardState, tuple[str, str]] = {
    AwardState.NOMINATING: ("accent", "circle-dot"),
    AwardState.REVIEWING: ("warn", "hourglass"),
    AwardState.VOTING: ("accent", "vote"),
    AwardState.COUNTED: ("warn", "hourglass"),
    AwardState.POSTED: ("accent", "megaphone"),
    AwardState.HONOURED: ("ok", "badge-check"),
    AwardState.CANCELLED: ("neutral", "ban"),
}
BEFORE_VOTE = (AwardState.NOMINATING, AwardState.REVIEWING)
"""While nominees may still come, go and be reviewed."""
RANKED = (AwardState.COUNTED, AwardState.POSTED, AwardState.HONOURED)
"""While everybody may see how many votes whom."""


class Whom(StrEnum):
    PERSON = "person"
    GROUP = "group"


WHOM_WORD: dict[Whom, str] = {Whom.PERSON: N_("个人"), Whom.GROUP: N_("集体")}


class NomineeState(StrEnum):
    PROPOSED = "proposed"
    ADMITTED = "admitted"
    REFUSED = "refused"
    DECLINED = "declined"
    MERGED = "merged"


STANDING = (NomineeState.PROPOSED, NomineeState.ADMITTED)
"""Of nominees: who may still be honoured."""


NOMINEE_WORD: dict[NomineeState, str] = {
    NomineeState.PROPOSED: N_("等审核"),
    NomineeState.ADMITTED: N_("入围"),
    NomineeState.REFUSED: N_("没有入围"),
    NomineeState.DECLINED: N_("本人不参加"),
    NomineeState.MERGED: N_("和别的提名合在一起"),
}
NOMINEE_TONES: dict[NomineeState, tuple[str, str]] = {
    NomineeState.PROPOSED: ("warn", "hourglass"),
    NomineeState.ADMITTED: ("ok", "circle-check"),
    NomineeState.REFUSED: ("neutral", "circle-x"),
    NomineeState.DECLINED: ("neutral", "ban"),
    NomineeState.MERGED: ("neutral", "layers"),
}


class Days(StrEnum):
    """How the days of a posting are counted."""

    WORKING = "working"
    CALENDAR = "calendar"


DAYS_WORD: dict[Days, str] = {Days.WORKING: N_("工作日"), Days.CALENDAR: N_("自然日")}


class Ties(StrEnum):
    """What was announced about those who are level at the last place."""

    LOT = "lot"
    ALL = "all"


TIES_WORD: dict[Ties, str] = {
    Ties.LOT: N_("公开抽签定先后"),
    Ties.ALL: N_("并列的都算获奖"),
}


class Vacancy(StrEnum):
    """What was announced about a place whose winner gives it up or is struck out."""

    NEXT = "next"
    EMPTY = "empty"


VACANCY_WORD: dict[Vacancy, str] = {
    Vacancy.NEXT: N_("后面的按票数补上"),
    Vacancy.EMPTY: N_("空着，不再补"),
}


class Verdict(StrEnum):
    """What was found about an objection."""

    UPHELD = "upheld"
    REJECTED = "rejected"


VERDICT_WORD: dict[Verdict, str] = {
    Verdict.UPHELD: N_("异议成立，取消他的名次"),
    Verdict.REJECTED: N_("异议不成立"),
}
