"""How a meeting moves: it is planned, called in time, moved or cancelled. Its hour is a column that guards read."""

from collections.abc import Iterable

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from . import agenda, notice
from . import events as e
from .models import AgendaItem, Invitation, Meeting
from .policy import Can
from .words import MeetingState

S = MeetingState


def still_ahead(meeting: Meeting, actor: Actor) -> Iterable[Unmet]:
    """Nobody is called to what has begun."""
    if meeting.starts_at <= actor.now:
        yield Unmet(_("开会的时间已经过了，请先改期。"), f"/meetings/{meeting.id}/moving")


def says_where_and_who(meeting: Meeting, _actor: Actor) -> Iterable[Unmet]:
    """A notice names the place, who leads and who writes."""
    cure = f"/meetings/{meeting.id}/edit"
    if not meeting.venue:
        yield Unmet(_("还没写在哪里开。"), cure)
    if meeting.chair_id is None:
        yield Unmet(_("还没定谁主持。"), cure)
    if meeting.recorder_id is None:
        yield Unmet(_("还没定谁记录。"), cure)


def agenda_holds(meeting: Meeting, _actor: Actor) -> Iterable[Unmet]:
    """The agenda fits into the meeting and settles no more than people can."""
    found = sa.select(AgendaItem.title, AgendaItem.minutes, AgendaItem.core)
    rows = db.session.execute(found.where(AgendaItem.meeting_id == meeting.id))
    items = [agenda.Item(*row) for row in rows]
    length = round((meeting.ends_at - meeting.starts_at).total_seconds()) // 60
    for fault in agenda.faults(items, length, meeting.core_because):
        yield Unmet(fault, f"/meetings/{meeting.id}/agenda")


def somebody_asked(meeting: Meeting, _actor: Actor) -> Iterable[Unmet]:
    """A meeting of nobody is none."""
    if (
        db.session.scalar(sa.select(Invitation.id).where(Invitation.meeting_id == meeting.id).limit(1))
        is None
    ):
        yield Unmet(_("还没有邀请任何人。"), f"/meetings/{meeting.id}/invitations")


def in_time(meeting: Meeting, actor: Actor) -> Iterable[Unmet]:
    """The notice is in time, or it is said why it is not."""
    if actor.now < meeting.notice_by or meeting.short_notice_because:
        return
    days = _days(meeting)
    short = notice.days_short(actor.now, meeting.starts_at, days)
    yield Unmet(
        _(
            "通知晚了 %(short)d 天：至少要提前 %(days)d 天。请改期，或者写明为什么等不得。",
            short=short,
            days=days,
        ),
        f"/meetings/{meeting.id}/moving",
    )


def _days(meeting: Meeting) -> int:
    """How many days of notice were asked when its hour was set."""
    return (notice.last_day(meeting.starts_at, 0) - notice.last_day(meeting.notice_by, 1)).days


MEETING = Lifecycle(
    Meeting,
    MeetingState,
    Move(
        e.MeetingCalled,
        Can.CALL,
        (S.PLANNED,),
        S.CALLED,
        (still_ahead, says_where_and_who, agenda_holds, somebody_asked, in_time),
    ),
    Move(e.MeetingMoved, Can.MOVE, (S.PLANNED, S.CALLED), S.PLANNED),
    Move(e.MeetingCancelled, Can.CANCEL, (S.PLANNED, S.CALLED), S.CANCELLED),
)
