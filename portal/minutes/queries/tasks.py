"""A task with its duties and what was reported; tasks of a body that are still open, for its next meeting."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import read
from ...core.nested import nested, unpack
from ...core.prepared import prepared
from ...councils.models import Topic
from ...meetings.models import AgendaItem, Meeting
from ...meetings.room import ParkedNote
from ..models import Minutes, MinutesSection, Task, TaskDuty, TaskReport
from ..words import Duty, Heading, TaskState

_task = sa.bindparam("task", type_=sa.Integer)
_me = sa.bindparam("me", type_=sa.Integer)
SHOWN = 10


class DutyLine(NamedTuple):
    duty: str
    who: str
    user_id: int | None


class ReportLine(NamedTuple):
    id: int
    text: str
    done: bool
    moved_from: date | None
    moved_to: date | None
    party: str
    at: datetime


class TaskBrief(NamedTuple):
    """A task in a list of another page."""

    id: int
    state: str
    what: str
    side: str
    due_on: date
    due_at: datetime
    promised_on: date
    created_at: datetime
    lead: str | None
    lead_id: int | None
    latest: str | None
    others: list[list[Any]]
    """The other duties: which, who, and his account if he has one."""


lead = sa.orm.aliased(TaskDuty)


@prepared
def _task_page(visible: access.Condition) -> Rows:
    duties = sa.select(TaskDuty.duty, TaskDuty.who, TaskDuty.user_id).where(TaskDuty.task_id == Task.id)
    reports = sa.select(*(getattr(TaskReport, name) for name in ReportLine._fields))
    told = reports.where(TaskReport.task_id == Task.id).order_by(TaskReport.id.desc())
    return (
        sa.select(
            *Task.__table__.c,
            Meeting.title.label("meeting_title"),
            Meeting.starts_at,
            AgendaItem.title.label("item_title"),
            Minutes.number.label("minutes_number"),
            Topic.number.label("topic_number"),
            MinutesSection.version,
            ParkedNote.serial,
            nested(duties, of=Task).label("duties"),
            nested(told, of=Task).label("reports"),
            sa.exists()
            .where(TaskDuty.task_id == Task.id, TaskDuty.user_id == _me, TaskDuty.user_id.is_not(None))
            .label("has_duty"),
        )
        .join(Meeting, Meeting.id == Task.meeting_id)
        .outerjoin(AgendaItem, AgendaItem.id == Task.item_id)
        .outerjoin(Minutes, Minutes.id == Task.minutes_id)
        .outerjoin(ParkedNote, ParkedNote.id == Task.note_id)
        .outerjoin(
            MinutesSection,
            sa.and_(MinutesSection.item_id == Task.item_id, MinutesSection.heading == Heading.TASKS),
        )
        .outerjoin(Topic, Topic.id == Task.topic_id)
        .where(Task.id == _task, visible)
    )


def task_page(actor: Actor, task_id: int) -> SimpleNamespace | None:
    """Everything a page shows of a task; one query. None if the actor may not see it."""
    rows = read(_task_page(access.rows(actor, Task)), {"task": task_id, "me": actor.id})
    if not rows:
        return None
    page = SimpleNamespace(**rows[0]._mapping)
    page.duties = {d.duty: d for d in unpack(DutyLine, page.duties)}
    page.reports = unpack(ReportLine, page.reports)
    page.story = f"topic:{page.topic_id}" if page.topic_id else f"meeting:{page.meeting_id}"
    return page


def _briefs() -> Rows:
    latest = (
        sa.select(TaskReport.text)
        .where(TaskReport.task_id == Task.id)
        .order_by(TaskReport.id.desc())
        .limit(1)
        .correlate(Task)
        .scalar_subquery()
    )
    duties = sa.select(TaskDuty.duty, TaskDuty.who, TaskDuty.user_id).where(
        TaskDuty.task_id == Task.id, TaskDuty.duty != Duty.LEAD
    )
    kept = [n for n in TaskBrief._fields if n not in ("lead", "lead_id", "latest", "others")]
    return sa.select(
        *(getattr(Task, n) for n in kept),
        lead.who.label("lead"),
        lead.user_id.label("lead_id"),
        latest.label("latest"),
        nested(duties.order_by(TaskDuty.duty), of=Task).label("others"),
    ).outerjoin(lead, sa.and_(lead.task_id == Task.id, lead.duty == "lead"))


def before(model: type[Meeting]) -> sa.ScalarSelect[Any]:
    """For a meeting: what earlier meetings of its body gave out and is open, or was ended since the one before."""
    earlier = sa.orm.aliased(Meeting)
    last = (
        sa.select(sa.func.max(earlier.starts_at))
        .where(
            earlier.body_id == model.body_id,
            earlier.starts_at < model.starts_at,
            earlier.closed_at.is_not(None),
        )
        .correlate(model)
        .scalar_subquery()
    )
    own = sa.orm.aliased(Meeting)
    found = (
        _briefs()
        .join(own, own.id == Task.meeting_id)
        .where(
            Task.body_id == model.body_id,
            own.starts_at < model.starts_at,
            sa.or_(Task.state == TaskState.OPEN, sa.and_(Task.state.in_(ENDED), Task.ended_at > last)),
        )
    )
    return nested(found.order_by(Task.due_at, Task.id).limit(SHOWN), of=model)


def of_topic(model: type[Topic]) -> sa.ScalarSelect[Any]:
    """What meetings gave out about a topic, once the minutes were sealed."""
    found = _briefs().where(Task.topic_id == model.id, Task.state != TaskState.NOTED)
    return nested(found.order_by(Task.due_at, Task.id).limit(SHOWN), of=model)


ENDED = (TaskState.DONE, TaskState.DROPPED)
