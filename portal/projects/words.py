"""The fixed words of projects, each with what people read."""

from enum import StrEnum

from ..core.text import N_


class ProjectState(StrEnum):
    PLANNED = "planned"
    UNDERWAY = "underway"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    STOPPED = "stopped"


OWING = (ProjectState.UNDERWAY, ProjectState.AWAITING_ACCEPTANCE)
"""Its next date is owed."""
FINISHED = (ProjectState.ACCEPTED, ProjectState.CLOSED)

STATE_WORD: dict[ProjectState, str] = {
    ProjectState.PLANNED: N_("还没开工"),
    ProjectState.UNDERWAY: N_("实施中"),
    ProjectState.AWAITING_ACCEPTANCE: N_("等验收"),
    ProjectState.ACCEPTED: N_("请大家评价"),
    ProjectState.CLOSED: N_("已办结"),
    ProjectState.STOPPED: N_("已停止"),
}

TONE: dict[ProjectState, tuple[str, str]] = {
    ProjectState.PLANNED: ("neutral", "circle"),
    ProjectState.UNDERWAY: ("accent", "hammer"),
    ProjectState.AWAITING_ACCEPTANCE: ("warn", "list-checks"),
    ProjectState.ACCEPTED: ("accent", "star"),
    ProjectState.CLOSED: ("ok", "circle-check"),
    ProjectState.STOPPED: ("neutral", "ban"),
}
"""Tone and icon of the tag."""

AT_STOP: dict[ProjectState, int] = {
    ProjectState.PLANNED: 6,
    ProjectState.UNDERWAY: 6,
    ProjectState.AWAITING_ACCEPTANCE: 6,
    ProjectState.ACCEPTED: 7,
    ProjectState.CLOSED: 8,
}
"""Where on the line of seven stops a project stands; 8 is past the last."""

LIVE = (ProjectState.PLANNED, ProjectState.UNDERWAY, ProjectState.AWAITING_ACCEPTANCE)


class Source(StrEnum):
    """Where money comes from."""

    MAINTENANCE_FUND = "maintenance_fund"
    COMMON_INCOME = "common_income"
    SUBSIDY = "subsidy"
    PROPERTY = "property"
    RESIDENTS = "residents"
    DONATION = "donation"


SOURCE_WORD: dict[Source, str] = {
    Source.MAINTENANCE_FUND: N_("维修资金"),
    Source.COMMON_INCOME: N_("公共收益"),
    Source.SUBSIDY: N_("政府补贴"),
    Source.PROPERTY: N_("物业"),
    Source.RESIDENTS: N_("居民自筹"),
    Source.DONATION: N_("社会捐赠"),
}

STARS: dict[int, str] = {
    1: N_("不满意"),
    2: N_("一般"),
    3: N_("基本满意"),
    4: N_("满意"),
    5: N_("很满意"),
}
