"""What follows by itself: a meeting that is closed has its draft, who is entered afterwards stands in it, and minutes
are sealed at their hour."""

import sqlalchemy as sa

from ..core import ticks
from ..core.actor import Actor
from ..core.db import db, lock
from ..core.errors import Conflict
from ..core.eventlog import on
from ..core.text import N_, _
from ..meetings.events import Arrived, MeetingClosed, MeetingLapsed
from ..meetings.models import Meeting
from ..meetings.naming import said_often
from ..meetings.offering import elsewhere
from .actions.drafting import draft, in_chinese, parked_as, present
from .actions.sealing import seal_due
from .actions.writing import reline
from .events import NoteStruck
from .leaving import left_to_owners
from .models import Minutes, MinutesLine, MinutesSection
from .words import DUTY_WORD, HEADING_WORD, OUTCOME_WORD, TASK_WORD, Heading, MinutesState

ticks.add("seal_minutes", seal_due)
elsewhere("left_to_owners", left_to_owners, N_("等业主大会来定"))
said_often(HEADING_WORD, OUTCOME_WORD, TASK_WORD, DUTY_WORD)


@on(MeetingClosed)
def begin_minutes(actor: Actor, meeting: Meeting, _closed: MeetingClosed) -> None:
    draft(actor, meeting)


@on(MeetingLapsed)
def begin_late(actor: Actor, meeting: Meeting, _lapsed: MeetingLapsed) -> None:
    draft(actor, meeting)


@on(Arrived)
def count_again(actor: Actor, meeting: Meeting, _arrived: Arrived) -> None:
    """Only after the close are there minutes. Whoever reads them reads who was there: later nobody is added."""
    minutes = db.session.scalar(sa.select(Minutes).where(Minutes.meeting_id == meeting.id))
    if minutes is None:
        return
    if lock(minutes).state is not MinutesState.DRAFT:
        raise Conflict(_("纪要已经发出去了，谁到了会不能再改；有出入请提异议，或者定稿以后补记。"))
    section = db.session.scalars(
        sa.select(MinutesSection).where(
            MinutesSection.minutes_id == minutes.id, MinutesSection.heading == Heading.PRESENT
        )
    ).one()
    with in_chinese():
        lines = present(meeting.id)
    reline(actor, minutes, section, lines)


@on(NoteStruck)
def leave_out(actor: Actor, meeting: Meeting, struck: NoteStruck) -> None:
    """What was struck out after the close stands in minutes that are being written no more, unless somebody put it into
    words of his own there."""
    minutes = db.session.scalar(sa.select(Minutes).where(Minutes.meeting_id == meeting.id))
    if minutes is None or lock(minutes).state is MinutesState.SEALED:
        return
    section = db.session.scalars(
        sa.select(MinutesSection).where(
            MinutesSection.minutes_id == minutes.id, MinutesSection.heading == Heading.PARKED
        )
    ).one()
    lines = sa.select(MinutesLine.text).where(
        MinutesLine.section_id == section.id, MinutesLine.struck_at.is_(None)
    )
    written = list(db.session.scalars(lines.order_by(MinutesLine.position, MinutesLine.id)))
    with in_chinese():
        gone = parked_as(meeting, struck.note_id)
    for text in gone:
        if text in written:
            written.remove(text)
    reline(actor, minutes, section, written)
