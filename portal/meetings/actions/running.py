"""Opening and closing a meeting, and going through its agenda."""

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ..events import ItemTakenUp, MeetingClosed, MeetingLapsed, MeetingOpened, MotionLapsed
from ..lifecycle import MEETING, MOTION
from ..models import AgendaItem, Meeting
from ..policy import Can
from ..presence import number_present, talked_about
from ..room import Motion, Turn
from ..words import MeetingState, MotionState
from .arriving import state_attended

AT_ONCE = 50
"""Meetings that one tick closes; the rest are for the next."""


@action(Can.OPEN)
def open_meeting(actor: Actor, meeting: Meeting) -> None:
    """Begin: enough are there, in total and of every side. The first item is taken up. Raises Conflict with all that
    is missing."""
    MEETING.move(actor, meeting, MeetingOpened(number_present(meeting)))
    meeting.opened_at = actor.now
    first = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position)
    if item := db.session.scalar(first.limit(1)):
        _take_up(actor, meeting, item)
    meeting.version += 1


@action(Can.CLOSE)
def close_meeting(actor: Actor, meeting: Meeting) -> None:
    """End it. Raises Conflict while a motion is being decided."""
    MEETING.move(actor, meeting, MeetingClosed(number_present(meeting)))
    meeting.closed_at = actor.now
    if item := talked_about(meeting.id):
        _done(actor, item)
    meeting.version += 1
    state_attended(actor, meeting)


@action(Can.LAPSE)
def lapse_meeting(actor: Actor, meeting: Meeting) -> None:
    """The day is over and nobody closed it: it is closed, and that nobody did is kept.

    What came of its items is not guessed. Every item of a meeting has one of the six outcomes, written by the recorder
    and read by those who were there (domain file §3.1, step 10): so no item gets one here, and the minutes, whose draft
    begins now, do not go out before each has. A motion that hands were asked for and nobody counted is not decided.
    """
    put = sa.select(Motion).where(Motion.meeting_id == meeting.id, Motion.state == MotionState.PUT)
    for motion in db.session.scalars(put):
        MOTION.move(actor, motion, MotionLapsed(motion.id))
    latest = sa.select(sa.func.max(AgendaItem.taken_up_at)).where(AgendaItem.meeting_id == meeting.id)
    meeting.closed_at = max(meeting.ends_at, db.session.scalar(latest) or meeting.ends_at)
    meeting.closed_by_clock = True
    MEETING.move(actor, meeting, MeetingLapsed(number_present(meeting)))
    if item := talked_about(meeting.id):
        _done(actor, item)
    meeting.version += 1
    state_attended(actor, meeting)


def lapse_due(actor: Actor) -> int:
    """Close all meetings that nobody closed on their day; how many were."""
    due = sa.select(Meeting).where(
        Meeting.state == MeetingState.OPEN, Meeting.ends_at < clock.at(clock.today(), 0)
    )
    found = db.session.scalars(due.order_by(Meeting.ends_at).limit(AT_ONCE)).all()
    return ticks.each(found, lambda meeting: lapse_meeting(actor, meeting))


@action(Can.RUN_ROOM)
def take_up(actor: Actor, meeting: Meeting, *, item_id: int) -> None:
    """Go on to an item, also back to one; the one before is done. Raises Conflict while a motion is being decided."""
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != meeting.id:
        raise Invalid(_("没有这一项，请刷新页面看看。"))
    before = talked_about(meeting.id)
    if before is not None and before.id == item.id:
        return
    put = sa.select(Motion.id).where(Motion.meeting_id == meeting.id, Motion.state == MotionState.PUT)
    if db.session.scalar(put.limit(1)):
        raise Conflict(_("还有一个动议正在表态，请先点清结果。"))
    if before is not None:
        _done(actor, before)
    _take_up(actor, meeting, item)
    meeting.version += 1


def _take_up(actor: Actor, meeting: Meeting, item: AgendaItem) -> None:
    item.taken_up_at, item.done_at = actor.now, None
    record(actor, meeting, ItemTakenUp(item.id))


def _done(actor: Actor, item: AgendaItem) -> None:
    item.done_at = actor.now
    speaking = sa.update(Turn).where(
        Turn.item_id == item.id, Turn.called_at.is_not(None), Turn.ended_at.is_(None)
    )
    db.session.execute(speaking.values(ended_at=actor.now))
