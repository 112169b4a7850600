"""The list of meetings: one description for the page, its filters and its files."""

import sqlalchemy as sa

from ..core import clock
from ..core.actor import Actor
from ..core.listing import Column, Filter, Listing, Sort
from ..core.text import N_, _, choices
from .models import Body, Meeting
from .words import KIND_WORD, STATE_WORD, Kind, MeetingState

AHEAD, PAST = "ahead", "past"


def _times(actor: Actor) -> list[tuple[str, str]]:
    return [(AHEAD, _("还没开的")), (PAST, _("开过的"))]


def _at(value: str) -> sa.ColumnElement[bool]:
    """One that waits for another day is ahead."""
    ahead = sa.or_(Meeting.ends_at >= clock.now(), Meeting.state == MeetingState.POSTPONED)
    return ahead if value == AHEAD else sa.not_(ahead)


MEETINGS = Listing(
    model=Meeting,
    select=sa.select(
        Meeting.id,
        Meeting.title,
        Meeting.state,
        Meeting.starts_at,
        Meeting.ends_at,
        Meeting.venue,
        Meeting.provisional,
        Meeting.planned_on,
        Body.name.label("body_name"),
        Body.kind,
    ).join(Body, Body.id == Meeting.body_id),
    search=(Meeting.title, Meeting.venue, Body.name),
    sorts=(
        Sort("soon", N_("最早开的在前"), Meeting.starts_at, descending=False),
        Sort("late", N_("最晚开的在前"), Meeting.starts_at),
    ),
    filters=(
        Filter("time", N_("什么时候"), _times, _at),
        Filter("kind", N_("哪一种会"), lambda _actor: choices(KIND_WORD), lambda v: Body.kind == Kind(v)),
        Filter(
            "state",
            N_("状态"),
            lambda _actor: choices(STATE_WORD),
            lambda v: Meeting.state == MeetingState(v),
        ),
    ),
    columns=(
        Column(N_("会议"), lambda m: m.title),
        Column(N_("会议机制"), lambda m: m.body_name),
        Column(N_("哪一种会"), lambda m: _(KIND_WORD[m.kind])),
        Column(N_("开始时间"), lambda m: m.starts_at),
        Column(N_("结束时间"), lambda m: m.ends_at),
        Column(N_("地点"), lambda m: m.venue),
        Column(N_("状态"), lambda m: _(STATE_WORD[m.state])),
    ),
)
