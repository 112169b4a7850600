"""Planning a meeting, changing its arrangements, moving it, putting it off, calling it off."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import notice
from ..events import (
    MeetingAmended,
    MeetingCancelled,
    MeetingMissed,
    MeetingMoved,
    MeetingPlanned,
    MeetingPostponed,
)
from ..lifecycle import MEETING
from ..models import AgendaItem, Body, Meeting
from ..people import somebody
from ..policy import Can
from ..sides import Side
from ..words import MeetingState
from .bodies import LONGEST, SHORTEST, ask_anew, ask_members

FARTHEST = 400
"""Days ahead within which a meeting is planned; later is taken for a slip of the hand."""
OPENING_MINUTES = 5


@action(Can.PLAN)
def plan_meeting(
    actor: Actor, body: Body, *, title: str, starts_at: datetime, minutes: int, once: str, venue: str = ""
) -> Meeting:
    """Put a meeting of a body into its calendar; its members are asked and the agenda has its opening item.

    The same `once` again returns the meeting it made before. Raises Invalid for an hour that has passed, and for one at
    which the body meets already.
    """
    if known := made(Meeting, once, planned_by_id=actor.id):
        return known
    ends_at = _checked(actor, starts_at, minutes)
    _free(body, starts_at, ends_at)
    meeting = begun(actor, body, title, starts_at, ends_at, once)
    meeting.venue = venue or body.venue
    return meeting


def begun(
    actor: Actor,
    body: Body,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    once: str,
    series: tuple[int, date, bool] | None = None,
) -> Meeting:
    """A meeting as it begins: members asked, opening item on the agenda. `series`: its number, the day of its pattern,
    and whether that year's holidays are not known yet."""
    series_id, planned_on, provisional = series or (None, None, False)
    meeting = Meeting(
        body_id=body.id,
        place_path=body.place_path,
        title=title,
        intro="",
        starts_at=starts_at,
        ends_at=ends_at,
        venue=body.venue,
        series_id=series_id,
        planned_on=planned_on,
        provisional=provisional,
        notice_days=body.notice_days,
        notice_by=notice.due(starts_at, body.notice_days),
        planned_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(meeting)
    store(
        AgendaItem(
            meeting_id=meeting.id,
            position=0,
            title=_("核对到会人数，通报上次定下的事"),
            minutes=OPENING_MINUTES,
            core=False,
            side=Side.COMMUNITY,
            presenter="",
            motion="",
        )
    )
    ask_members(body, meeting)
    record(actor, meeting, MeetingPlanned(body.id))
    return meeting


@action(Can.PREPARE)
def amend_meeting(
    actor: Actor,
    meeting: Meeting,
    *,
    title: str,
    intro: str,
    starts_at: datetime,
    minutes: int,
    venue: str,
    chair: str,
    recorder: str,
) -> None:
    """Change the arrangements of a meeting that nobody was called to yet. Chair and recorder by name or phone; they may
    be left open until the notice. Raises Invalid."""
    body = db.session.get_one(Body, meeting.body_id)
    ends_at = _checked(actor, starts_at, minutes)
    _free(body, starts_at, ends_at, but=meeting.id)
    _set_hour(meeting, starts_at, ends_at)
    meeting.title, meeting.intro, meeting.venue = title, intro, venue
    meeting.chair_id = somebody(actor, meeting.place_path, chair, "chair").id if chair else None
    meeting.recorder_id = somebody(actor, meeting.place_path, recorder, "recorder").id if recorder else None
    record(actor, meeting, MeetingAmended())


@action(Can.MOVE)
def move_meeting(actor: Actor, meeting: Meeting, *, starts_at: datetime, minutes: int, reason: str) -> None:
    """Another hour: it has to be called anew, by the rules of then, and all who belong to the body then answer anew.
    Raises Invalid as `plan_meeting` does."""
    if not reason:
        raise Invalid(_("请写明会议为什么改期。"), "reason")
    body = db.session.get_one(Body, meeting.body_id)
    ends_at = _checked(actor, starts_at, minutes)
    _free(body, starts_at, ends_at, but=meeting.id)
    _set_hour(meeting, starts_at, ends_at)
    meeting.moved_because, meeting.postponed_because = reason, ""
    meeting.called_at, meeting.short_notice_because = None, ""
    meeting.quorum = meeting.side_quorums = meeting.rule = meeting.substitutes = None
    ask_anew(body, meeting)
    MEETING.move(actor, meeting, MeetingMoved(clock.local(starts_at).date()))


@action(Can.POSTPONE)
def postpone_meeting(actor: Actor, meeting: Meeting, *, reason: str) -> None:
    """It is not held at its hour and the new one is not known: until then it waits, with its agenda and those asked."""
    meeting.postponed_because = _said(reason)
    MEETING.move(actor, meeting, MeetingPostponed())


@action(Can.MISS)
def miss_meeting(actor: Actor, meeting: Meeting, *, reason: str) -> None:
    """Its hour came and it was not held: too few were there, nobody had called it. It waits for another day."""
    meeting.postponed_because = _said(reason)
    MEETING.move(actor, meeting, MeetingMissed())


def _said(reason: str) -> str:
    if not reason:
        raise Invalid(_("请写明为什么没有按时开。"), "reason")
    return reason


@action(Can.CANCEL)
def cancel_meeting(actor: Actor, meeting: Meeting, *, reason: str) -> None:
    """It is not held. The reason is read by everybody; topics on its agenda are free for another meeting."""
    if not reason:
        raise Invalid(_("请写明为什么不开了。"), "reason")
    meeting.cancelled_because = reason
    MEETING.move(actor, meeting, MeetingCancelled())


def overlapping(body_id: int, starts_at: datetime, ends_at: datetime, but: int = 0) -> Meeting | None:
    """A meeting of the body that is not called off and shares some minutes with this span."""
    found = sa.select(Meeting).where(
        Meeting.body_id == body_id,
        Meeting.id != but,
        Meeting.state.not_in((MeetingState.CANCELLED, MeetingState.POSTPONED)),
        Meeting.starts_at < ends_at,
        Meeting.ends_at > starts_at,
    )
    return db.session.scalar(found.limit(1))


def _free(body: Body, starts_at: datetime, ends_at: datetime, but: int = 0) -> None:
    if other := overlapping(body.id, starts_at, ends_at, but):
        raise in_the_way(other, "starts_at")


def in_the_way(other: Meeting, field: str) -> Invalid:
    """The refusal of an hour at which the body meets already."""
    begins, ends = clock.local(other.starts_at), clock.local(other.ends_at)
    return Invalid(
        _(
            "%(month)d月%(day)d日 %(begins)s 到 %(ends)s 已经有“%(title)s”，请错开。",
            month=begins.month,
            day=begins.day,
            begins=f"{begins:%H:%M}",
            ends=f"{ends:%H:%M}",
            title=other.title,
        ),
        field,
        f"/meetings/{other.id}",
    )


def _checked(actor: Actor, starts_at: datetime, minutes: int) -> datetime:
    """The end of a meeting that begins at an hour that can be. Raises Invalid."""
    if starts_at <= actor.now:
        raise Invalid(_("请给一个还没到的时间。"), "starts_at")
    if starts_at > actor.now + timedelta(days=FARTHEST):
        raise Invalid(_("时间太远了，请检查年份。"), "starts_at")
    if not SHORTEST <= minutes <= LONGEST:
        raise Invalid(_("一次会请写 %(least)d 到 %(most)d 分钟。", least=SHORTEST, most=LONGEST), "minutes")
    return starts_at + timedelta(minutes=minutes)


def _set_hour(meeting: Meeting, starts_at: datetime, ends_at: datetime) -> None:
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.notice_by = notice.due(starts_at, meeting.notice_days)
    meeting.provisional = False
