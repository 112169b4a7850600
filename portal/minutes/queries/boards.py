"""Boards: of one meeting, and of all meetings of a body."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import read
from ...core.prepared import prepared
from ...councils.models import Topic
from ...meetings.models import Meeting
from ...meetings.naming import community_of, names_within
from ...meetings.queries.bodies import body_page
from ...meetings.queries.rooms import room_page
from ...meetings.room import ParkedNote
from ...meetings.words import ON_BOARD
from .. import masking
from ..board import Card, Counted, counted, hung
from ..models import Task, TaskDuty, TaskReport
from ..words import Duty, TaskState

SHOWN = 60
"""Cards of a body; the counts are of all."""
_lead = sa.orm.aliased(TaskDuty)
_of = sa.bindparam("of", type_=sa.Integer)
_last = (
    sa.select(sa.func.max(Task.id))
    .where(Task.note_id == ParkedNote.id)
    .correlate(ParkedNote)
    .scalar_subquery()
)


def _cards() -> Rows:
    """Every note with the task that was made of it last."""
    latest = (
        sa.select(TaskReport.text)
        .where(TaskReport.task_id == Task.id)
        .order_by(TaskReport.id.desc())
        .limit(1)
        .correlate(Task)
        .scalar_subquery()
    )
    taken = ("state", "what", "side", "due_on", "due_at", "promised_on", "created_at", "dropped_because")
    return (
        sa.select(
            ParkedNote.id,
            ParkedNote.meeting_id,
            Meeting.starts_at.label("on"),
            ParkedNote.serial,
            ParkedNote.text,
            ParkedNote.topic_id,
            Topic.number.label("topic"),
            Task.id.label("task_id"),
            *(getattr(Task, name) for name in taken),
            _lead.who.label("lead"),
            _lead.user_id.label("lead_id"),
            latest.label("latest"),
            ParkedNote.struck_because,
        )
        .join(Meeting, Meeting.id == ParkedNote.meeting_id)
        .outerjoin(Topic, Topic.id == ParkedNote.topic_id)
        .outerjoin(Task, Task.id == _last)
        .outerjoin(_lead, sa.and_(_lead.task_id == Task.id, _lead.duty == Duty.LEAD))
    )


@prepared
def _of_meeting() -> Rows:
    return _cards().where(ParkedNote.meeting_id == _of).order_by(ParkedNote.serial)


@prepared
def _of_body() -> Rows:
    standing = Meeting.body_id == _of, ParkedNote.struck_at.is_(None)
    newest = _cards().where(*standing).order_by(Meeting.starts_at.desc(), ParkedNote.serial)
    return newest.limit(SHOWN)


@prepared
def _counted() -> Rows:
    held = sa.or_(Task.state.in_((TaskState.OPEN, TaskState.DONE)), ParkedNote.topic_id.is_not(None))
    return (
        sa.select(
            sa.func.count(ParkedNote.id),
            sa.func.count(sa.case((held, 1))),
            sa.func.count(sa.case((Task.state == TaskState.DONE, 1))),
        )
        .select_from(ParkedNote)
        .join(Meeting, Meeting.id == ParkedNote.meeting_id)
        .outerjoin(Task, Task.id == _last)
        .where(Meeting.body_id == _of, ParkedNote.struck_at.is_(None))
    )


def cards_of(meeting_id: int, place_path: str) -> list[Card]:
    """What was said at a meeting, for everybody: with names half hidden."""
    return _masked(read(_of_meeting(), {"of": meeting_id}), place_path)


def meeting_board(actor: Actor, meeting_id: int) -> SimpleNamespace | None:
    """A meeting with its board. None if the actor may not see it, or its body keeps none."""
    page = room_page(actor, meeting_id)
    if page is None or page.kind not in ON_BOARD:
        return None
    cards = cards_of(meeting_id, page.place_path)
    page.columns, page.counted = hung(cards), counted(cards)
    page.struck = [card for card in cards if card.struck_because]
    page.came = bool(page.mine and page.mine.arrived_at)
    return page


def body_board(actor: Actor, body_id: int) -> SimpleNamespace | None:
    """A body with what was said at all its meetings; the newest are shown."""
    page = body_page(actor, body_id)
    if page is None or page.kind not in ON_BOARD:
        return None
    page.columns = hung(_masked(read(_of_body(), {"of": body_id}), page.place_path))
    page.shown = SHOWN
    page.counted = Counted(*read(_counted(), {"of": body_id})[0])
    return page


def note_page(actor: Actor, meeting_id: int, note_id: int) -> SimpleNamespace | None:
    """A board with one of its cards as `card`."""
    page = meeting_board(actor, meeting_id)
    if page is not None:
        cards = [card for column in page.columns.values() for card in column]
        page.card = next((card for card in cards if card.id == note_id), None)
    return page if page is not None and page.card else None


def _masked(rows: Any, place_path: str) -> list[Card]:
    cards = [Card(*row) for row in rows]
    typed = [text for card in cards for text in (card.text, card.struck_because)]
    names = names_within(community_of(place_path), typed) if cards else []
    return [
        card._replace(
            text=masking.hidden(card.text, names),
            struck_because=masking.hidden(card.struck_because, names),
        )
        for card in cards
    ]
