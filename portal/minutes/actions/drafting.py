"""The draft: made when a meeting is closed, with what the meeting recorded."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from ...core.actions import store
from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import record
from ...core.text import speaking
from ...councils import rules as council_rules
from ...councils.models import Response
from ...meetings.models import AgendaItem, Body, Invitation, Meeting
from ...meetings.naming import community_of
from ...meetings.room import Motion, ParkedNote, Question, Turn
from ...meetings.words import ON_BOARD
from .. import prefilled, rules
from ..events import MinutesDrafted
from ..models import Minutes, MinutesLine, MinutesSection, Task, TaskDuty
from ..words import OF_ITEM, Duty, Heading, TaskState

mover = sa.orm.aliased(Invitation)
seconder = sa.orm.aliased(Invitation)


def draft(actor: Actor, meeting: Meeting) -> Minutes:
    """Begin the minutes of a meeting that is over. It has one draft."""
    body = db.session.get_one(Body, meeting.body_id)
    minutes = Minutes(
        meeting_id=meeting.id,
        body_id=body.id,
        council_id=body.council_id,
        place_path=meeting.place_path,
        community_path=community_of(meeting.place_path),
        recorder_id=meeting.recorder_id,
        due_at=council_rules.due(actor.now, rules.WORKING_DAYS),
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(minutes)
    with in_chinese():
        for position, (item_id, heading, lines) in enumerate(_sections(meeting)):
            section = MinutesSection(
                minutes_id=minutes.id, item_id=item_id, heading=heading, position=position
            )
            store(section)
            put_lines(section, lines)
    record(actor, minutes, MinutesDrafted(minutes.id))
    return minutes


@contextmanager
def in_chinese() -> Iterator[None]:
    """Minutes are written in the language of the community, whoever presses the button."""
    language = speaking.set("zh")
    try:
        yield
    finally:
        speaking.reset(language)


def put_lines(section: MinutesSection, texts: Iterable[str]) -> None:
    store(
        *(
            MinutesLine(
                minutes_id=section.minutes_id,
                section_id=section.id,
                position=n,
                text=text[: rules.LONGEST_LINE],
            )
            for n, text in enumerate(texts)
        )
    )


def present(meeting_id: int) -> list[str]:
    """The lines about who was there, and that nobody closed it where nobody did."""
    found = sa.select(Invitation.side, Invitation.member, Invitation.arrived_at)
    lines = prefilled.present(list(db.session.execute(found.where(Invitation.meeting_id == meeting_id))))
    meeting = db.session.get_one(Meeting, meeting_id)
    return [*lines, prefilled.unclosed()] if meeting.closed_by_clock else lines


def _sections(meeting: Meeting) -> Iterator[tuple[int | None, Heading, list[str]]]:
    """(item, heading, lines) in the order of the page."""
    yield None, Heading.PRESENT, present(meeting.id)
    items = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    for item in db.session.scalars(items.order_by(AgendaItem.position, AgendaItem.id)):
        moved = _motions(item)
        lines = {
            Heading.SAID: [*prefilled.said(_turns(item)), *prefilled.asked(_questions(item))],
            Heading.MOTIONS: prefilled.motions(moved, meeting),
            Heading.AGREED: prefilled.agreed(moved),
            Heading.OPEN: prefilled.open_points(moved, meeting),
        }
        for heading in OF_ITEM:
            yield item.id, heading, lines.get(heading, [])
    on_board = db.session.get_one(Body, meeting.body_id).kind in ON_BOARD
    yield None, Heading.PARKED, prefilled.parked(_notes(meeting), on_board)
    yield None, Heading.MORE, []


def _questions(item: AgendaItem) -> list[Any]:
    """What was put to a party, and until when it answers in writing."""
    found = (
        sa.select(Question.party, Question.text, Invitation.side, Response.due_at)
        .join(Invitation, Invitation.id == Question.asked_by_id)
        .outerjoin(Response, Response.id == Question.response_id)
        .where(Question.item_id == item.id)
    )
    return list(db.session.execute(found.order_by(Question.id)))


def parked_as(meeting: Meeting, note_id: int) -> list[str]:
    """The lines in which a draft may tell of a note."""
    on_board = db.session.get_one(Body, meeting.body_id).kind in ON_BOARD
    rows = db.session.execute(_told().where(ParkedNote.id == note_id)).all()
    return [text[: rules.LONGEST_LINE] for text in prefilled.parked(rows, on_board)]


def _notes(meeting: Meeting) -> list[Any]:
    """What was kept for later, and who took it home there and then."""
    standing = _told().where(ParkedNote.meeting_id == meeting.id, ParkedNote.struck_at.is_(None))
    return list(db.session.execute(standing.order_by(ParkedNote.serial)))


def _told() -> sa.Select[*tuple[Any, ...]]:
    taken = sa.and_(Task.note_id == ParkedNote.id, Task.state != TaskState.DROPPED)
    return (
        sa.select(ParkedNote.serial, ParkedNote.text, Task.side, Task.due_on, TaskDuty.who)
        .outerjoin(Task, taken)
        .outerjoin(TaskDuty, sa.and_(TaskDuty.task_id == Task.id, TaskDuty.duty == Duty.LEAD))
    )


def _turns(item: AgendaItem) -> list[Any]:
    found = sa.select(Turn.stance, Turn.said, Invitation.side).join(
        Invitation, Invitation.id == Turn.invitation_id
    )
    taken = found.where(Turn.item_id == item.id, Turn.called_at.is_not(None))
    return list(db.session.execute(taken.order_by(Turn.called_at, Turn.id)))


def _motions(item: AgendaItem) -> list[Any]:
    found = (
        sa.select(*Motion.__table__.c, mover.side.label("moved_side"), seconder.side.label("seconded_side"))
        .join(mover, mover.id == Motion.moved_by_id)
        .outerjoin(seconder, seconder.id == Motion.seconded_by_id)
        .where(Motion.item_id == item.id)
    )
    return list(db.session.execute(found.order_by(Motion.id)))
