"""The lists of minutes and of tasks: pages, filters and files."""

from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.actor import Actor
from ..core.listing import Column, Filter, Listing, Sort, by_word
from ..core.text import N_, _, choices
from ..meetings.models import Body, Meeting
from ..meetings.sides import SIDE_WORD
from ..meetings.words import KIND_WORD, Kind
from .models import Minutes, Task, TaskDuty
from .words import STATE_WORD, TASK_WORD, Duty, TaskState

MINUTES = Listing(
    model=Minutes,
    select=sa.select(
        Minutes.id,
        Minutes.state,
        Minutes.number,
        Minutes.sealed_at,
        Minutes.confirm_until,
        Minutes.moved_at,
        Minutes.public_digest,
        Meeting.title,
        Meeting.starts_at,
        Body.name.label("body_name"),
        Body.kind,
    )
    .join(Meeting, Meeting.id == Minutes.meeting_id)
    .join(Body, Body.id == Minutes.body_id),
    search=(Meeting.title, Body.name, Minutes.number, Minutes.public_text),
    sorts=(
        Sort("late", N_("最近开的在前"), Meeting.starts_at),
        Sort("moved", N_("最近有变化"), Minutes.moved_at),
    ),
    filters=(
        by_word("state", N_("状态"), Minutes.state, STATE_WORD),
        Filter("kind", N_("哪一种会"), lambda _actor: choices(KIND_WORD), lambda v: Body.kind == Kind(v)),
    ),
    columns=(
        Column(N_("编号"), lambda m: m.number or ""),
        Column(N_("会议"), lambda m: m.title),
        Column(N_("会议机制"), lambda m: m.body_name),
        Column(N_("开会时间"), lambda m: m.starts_at),
        Column(N_("状态"), lambda m: _(STATE_WORD[m.state])),
        Column(N_("定稿时间"), lambda m: m.sealed_at),
        Column(N_("公布的一份的摘要（SHA-256）"), lambda m: m.public_digest),
    ),
)


def _states(_actor: Actor) -> list[tuple[str, str]]:
    return [("late", _("超时的")), *choices({s: TASK_WORD[s] for s in TaskState if s is not TaskState.NOTED})]


def _in(value: str) -> sa.ColumnElement[bool]:
    if value == "late":
        return sa.and_(Task.state == TaskState.OPEN, Task.promised_at < clock.now())
    return Task.state == TaskState(value)


_lead = sa.orm.aliased(TaskDuty)


def _late(t: Any) -> str:
    return _("超时") if t.state == TaskState.OPEN and t.promised_at < clock.now() else ""


TASKS = Listing(
    model=Task,
    select=sa.select(
        Task.id,
        Task.what,
        Task.state,
        Task.side,
        Task.due_on,
        Task.due_at,
        Task.promised_on,
        Task.promised_at,
        Task.created_at,
        Task.ended_at,
        Task.place_path,
        _lead.who.label("lead"),
        _lead.user_id.label("lead_id"),
        Meeting.title.label("meeting_title"),
    )
    .join(Meeting, Meeting.id == Task.meeting_id)
    .outerjoin(_lead, sa.and_(_lead.task_id == Task.id, _lead.duty == Duty.LEAD)),
    search=(Task.what, Meeting.title),
    sorts=(
        Sort("due", N_("最早到期的在前"), Task.due_at, descending=False),
        Sort("new", N_("最近记下的在前"), Task.created_at),
    ),
    filters=(
        Filter("state", N_("状态"), _states, _in),
        by_word("side", N_("领办的一方"), Task.side, SIDE_WORD),
    ),
    columns=(
        Column(N_("要办的事"), lambda t: t.what),
        Column(N_("哪次会定的"), lambda t: t.meeting_title),
        Column(N_("领办的一方"), lambda t: _(SIDE_WORD[t.side])),
        Column(N_("期限"), lambda t: t.due_on),
        Column(N_("原定期限"), lambda t: t.promised_on),
        Column(N_("状态"), lambda t: _(TASK_WORD[t.state])),
        Column(N_("超时"), _late),
        Column(N_("办结时间"), lambda t: t.ended_at),
    ),
)
