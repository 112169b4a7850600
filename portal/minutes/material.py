"""All that belongs to minutes, in one row: the meeting, who was there, sections, lines, marks, outcomes, tasks."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..accounts.models import User
from ..core import access
from ..core.columns import Rows
from ..core.nested import nested
from ..core.prepared import prepared
from ..councils.models import Topic
from ..meetings.models import AgendaItem, Body, Invitation, Meeting
from .lifecycle import open_objections
from .models import (
    Addendum,
    ItemOutcome,
    Minutes,
    MinutesLine,
    MinutesMark,
    MinutesSection,
    Task,
    TaskDuty,
    Team,
)

chair = sa.orm.aliased(User)
recorder = sa.orm.aliased(User)
asked = sa.orm.aliased(User)
holder = sa.orm.aliased(User)


class ItemLine(NamedTuple):
    """A point of the agenda."""

    id: int
    title: str
    topic_id: int | None
    topic: str | None
    core: bool


class PersonLine(NamedTuple):
    """Somebody who was asked or came, by his full name."""

    id: int
    user_id: int | None
    name: str
    side: str
    member: bool
    substitute: str
    sitter_id: int | None
    """Whose account sat there: his own, or that of who came in his place."""
    arrived_at: datetime | None
    left_at: datetime | None
    keeper_id: int | None

    @property
    def unseen(self) -> bool:
        """Who sat there kept the door and let himself in: nobody else has said that he came."""
        came = self.arrived_at is not None
        return came and self.sitter_id is not None and self.keeper_id == self.sitter_id


class SectionLine(NamedTuple):
    id: int
    item_id: int | None
    heading: str
    version: int


class TextLine(NamedTuple):
    id: int
    section_id: int
    text: str
    version: int
    struck_at: datetime | None


class MarkLine(NamedTuple):
    """What somebody said of a wording of a line."""

    id: int
    line_id: int
    version: int
    invitation_id: int
    stance: str
    reason: str
    answer: str
    answered_at: datetime | None
    signed_on: date | None


class OutcomeLine(NamedTuple):
    item_id: int
    kind: str
    said: str
    passed_to: str


class TaskLine(NamedTuple):
    id: int
    item_id: int
    state: str
    what: str
    side: str
    due_on: date
    due_at: datetime
    created_at: datetime


class TeamLine(NamedTuple):
    """A team that was sent out to watch over something."""

    id: int
    item_id: int
    name: str


class DutyLine(NamedTuple):
    task_id: int
    duty: str
    who: str
    user_id: int | None


class AddendumLine(NamedTuple):
    position: int
    text: str
    public_text: str
    digest: str
    at: datetime


def _of(kind: Any, model: Any) -> list[Any]:
    return [getattr(model, name) for name in kind._fields]


def _mine(kind: Any, model: Any, *order: Any) -> sa.ScalarSelect[Any]:
    """Rows of `model` that belong to the minutes, as a nested column."""
    return nested(
        sa.select(*_of(kind, model)).where(model.minutes_id == Minutes.id).order_by(*order), of=Minutes
    )


_ITEMS = (
    sa.select(AgendaItem.id, AgendaItem.title, AgendaItem.topic_id, Topic.number, AgendaItem.core)
    .outerjoin(Topic, Topic.id == AgendaItem.topic_id)
    .where(AgendaItem.meeting_id == Minutes.meeting_id)
    .order_by(AgendaItem.position, AgendaItem.id)
)
_PEOPLE = (
    sa.select(
        Invitation.id,
        Invitation.user_id,
        sa.func.coalesce(asked.name, Invitation.name),
        Invitation.side,
        Invitation.member,
        Invitation.substitute,
        Invitation.sitter_id,
        Invitation.arrived_at,
        Invitation.left_at,
        Invitation.arrived_by_id,
    )
    .outerjoin(asked, asked.id == Invitation.user_id)
    .where(Invitation.meeting_id == Minutes.meeting_id)
    .order_by(Invitation.member.desc(), Invitation.side, Invitation.id)
)
_DUTIES = (
    sa.select(*_of(DutyLine, TaskDuty))
    .join(Task, Task.id == TaskDuty.task_id)
    .where(Task.minutes_id == Minutes.id)
    .order_by(TaskDuty.task_id)
)


@prepared
def material(condition: access.Condition) -> Rows:
    """The row of the minutes with the number `minutes` (a parameter), where the condition holds."""
    return (
        sa.select(
            *Minutes.__table__.c,
            Meeting.title,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.opened_at,
            Meeting.closed_at,
            Meeting.venue,
            Body.name.label("body_name"),
            Body.kind,
            Meeting.rule,
            Body.place_label,
            chair.name.label("chair"),
            recorder.name.label("recorder"),
            nested(_ITEMS, of=Minutes).label("items"),
            nested(_PEOPLE, of=Minutes).label("people"),
            _mine(SectionLine, MinutesSection, MinutesSection.position).label("sections"),
            _mine(TextLine, MinutesLine, MinutesLine.position, MinutesLine.id).label("lines"),
            _mine(MarkLine, MinutesMark, MinutesMark.id).label("marks"),
            _mine(OutcomeLine, ItemOutcome, ItemOutcome.id).label("outcomes"),
            _mine(TaskLine, Task, Task.id).label("tasks"),
            _mine(TeamLine, Team, Team.id).label("teams"),
            nested(_DUTIES, of=Minutes).label("duties"),
            _mine(AddendumLine, Addendum, Addendum.position).label("addenda"),
            sa.select(sa.func.count())
            .select_from(open_objections(Minutes.id).correlate(Minutes).subquery())
            .scalar_subquery()
            .label("open_count"),
        )
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .join(Body, Body.id == Minutes.body_id)
        .outerjoin(chair, chair.id == Meeting.chair_id)
        .outerjoin(recorder, recorder.id == Minutes.recorder_id)
        .where(Minutes.id == sa.bindparam("minutes", type_=sa.Integer), condition)
    )
