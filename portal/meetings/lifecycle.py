"""How a meeting moves: it is planned, called in time, moved, put off or cancelled, opened and closed; and how a motion
does. Hours are columns that guards read: once its hour has come a meeting is opened, or said to have been missed."""

from collections.abc import Iterable
from datetime import timedelta

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from ..councils.models import Topic
from . import agenda, notice, presence
from . import events as e
from .models import AgendaItem, Body, Invitation, Meeting
from .offering import SETTLED, standing
from .policy import Can
from .room import Motion
from .sides import SIDE_WORD, Side
from .words import AHEAD, UNDECIDED, MeetingState, MotionState

S = MeetingState
M = MotionState


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
    """The agenda fits into the meeting, settles no more than people can, and nothing that is settled already."""
    found = (
        sa.select(AgendaItem.title, AgendaItem.minutes, AgendaItem.core, standing().label("standing"))
        .outerjoin(Topic, Topic.id == AgendaItem.topic_id)
        .where(AgendaItem.meeting_id == meeting.id)
        .order_by(AgendaItem.position)
    )
    rows = db.session.execute(found).all()
    items = [agenda.Item(row.title, row.minutes, row.core) for row in rows]
    length = round((meeting.ends_at - meeting.starts_at).total_seconds()) // 60
    faults = list(agenda.faults(items, length, meeting.core_because))
    faults += [
        _("“%(title)s”已经有了结果，不用再议，请从议程里拿掉。", title=row.title)
        for row in rows
        if row.standing == SETTLED
    ]
    for fault in faults:
        yield Unmet(fault, f"/meetings/{meeting.id}/agenda")


def somebody_asked(meeting: Meeting, _actor: Actor) -> Iterable[Unmet]:
    """A meeting of nobody is none; and a side that must be there and that nobody was asked for can never be."""
    cure = f"/meetings/{meeting.id}/invitations"
    found = (
        sa.select(Invitation.side, Body.side_quorums)
        .join(Body, Body.id == meeting.body_id)
        .where(Invitation.meeting_id == meeting.id)
    )
    asked = db.session.execute(found).all()
    if not asked:
        yield Unmet(_("还没有邀请任何人。"), cure)
        return
    there = {Side(row.side) for row in asked}
    for side in (Side(side) for side in asked[0].side_quorums if side not in there):
        yield Unmet(_("%(side)s一方要有人到才能开，还没有邀请一个人。", side=_(SIDE_WORD[side])), cure)


def in_time(meeting: Meeting, actor: Actor) -> Iterable[Unmet]:
    """The notice is in time, or it is said why it is not."""
    if actor.now < meeting.notice_by or meeting.short_notice_because:
        return
    short = notice.days_short(actor.now, meeting.starts_at, meeting.notice_days)
    yield Unmet(
        _(
            "通知晚了 %(short)d 天：至少要提前 %(days)d 天。请改期，或者写明为什么等不得。",
            short=short,
            days=meeting.notice_days,
        ),
        f"/meetings/{meeting.id}/moving",
    )


def not_too_early(meeting: Meeting, actor: Actor) -> Iterable[Unmet]:
    """Whoever reads the notice comes at its hour."""
    if actor.now < meeting.starts_at - presence.OPENS:
        minutes = presence.OPENS // timedelta(minutes=1)
        yield Unmet(
            _("离通知的时间还早，最早提前 %(n)d 分钟宣布开会。要再早，请先改期。", n=minutes),
            f"/meetings/{meeting.id}/moving",
        )


def not_too_late(meeting: Meeting, actor: Actor) -> Iterable[Unmet]:
    """Whoever came at its hour has gone home."""
    if actor.now >= meeting.ends_at:
        yield Unmet(
            _("通知的时间已经过完了。没有开成的，请记下来，再改期。"), f"/meetings/{meeting.id}/missing"
        )


def enough_there(meeting: Meeting, _actor: Actor) -> Iterable[Unmet]:
    """The light at the door is green: in total and for every side."""
    for said in presence.shortages(presence.attendance_of(meeting)):
        yield Unmet(said, f"/meetings/{meeting.id}/door")


def day_over(meeting: Meeting, actor: Actor) -> Iterable[Unmet]:
    """As long as its day lasts those in the room close it."""
    if actor.now < presence.end_of_day(meeting.ends_at):
        yield Unmet(_("当天还没过完，请会场里的人宣布散会。"))


def nothing_put(meeting: Meeting, _actor: Actor) -> Iterable[Unmet]:
    """Nobody goes home in the middle of a show of hands."""
    if _other_put(meeting.id):
        yield Unmet(_("还有一个动议正在表态，请先点清结果。"), f"/meetings/{meeting.id}/motions")


def its_item_is_on(motion: Motion, _actor: Actor) -> Iterable[Unmet]:
    """A motion is decided while its item is talked about."""
    item = presence.talked_about(motion.meeting_id)
    if item is None or item.id != motion.item_id:
        yield Unmet(_("现在谈的不是这个动议的那一项。"), f"/meetings/{motion.meeting_id}/clerk")


def amendments_decided(motion: Motion, _actor: Actor) -> Iterable[Unmet]:
    """First how it is to be worded, then whether."""
    found = sa.select(sa.func.count()).where(Motion.amends_id == motion.id, Motion.state.in_(UNDECIDED))
    if n := db.session.scalar(found):
        yield Unmet(
            _("还有 %(n)d 个修改的提法没有表态，请先定修改。", n=n), f"/meetings/{motion.meeting_id}/motions"
        )


def one_at_a_time(motion: Motion, _actor: Actor) -> Iterable[Unmet]:
    """Hands are shown for one thing."""
    if _other_put(motion.meeting_id, motion.id):
        yield Unmet(_("还有一个动议正在表态，请先点清结果。"), f"/meetings/{motion.meeting_id}/motions")


def enough_to_decide(motion: Motion, actor: Actor) -> Iterable[Unmet]:
    """Some may have left since the meeting was opened."""
    yield from enough_there(db.session.get_one(Meeting, motion.meeting_id), actor)


def _other_put(meeting_id: int, but: int = 0) -> bool:
    found = sa.select(Motion.id).where(
        Motion.meeting_id == meeting_id, Motion.state == M.PUT, Motion.id != but
    )
    return db.session.scalar(found.limit(1)) is not None


MEETING = Lifecycle(
    Meeting,
    MeetingState,
    Move(
        e.MeetingCalled,
        Can.CALL,
        (S.PLANNED,),
        S.CALLED,
        (says_where_and_who, agenda_holds, somebody_asked, in_time),
    ),
    Move(e.MeetingMoved, Can.MOVE, (*AHEAD, S.POSTPONED), S.PLANNED),
    Move(e.MeetingPostponed, Can.POSTPONE, AHEAD, S.POSTPONED),
    Move(e.MeetingMissed, Can.MISS, AHEAD, S.POSTPONED),
    Move(e.MeetingCancelled, Can.CANCEL, (*AHEAD, S.POSTPONED), S.CANCELLED),
    Move(e.MeetingOpened, Can.OPEN, (S.CALLED,), S.OPEN, (not_too_early, not_too_late, enough_there)),
    Move(e.MeetingClosed, Can.CLOSE, (S.OPEN,), S.CLOSED, (nothing_put,)),
    Move(e.MeetingLapsed, Can.LAPSE, (S.OPEN,), S.CLOSED, (day_over,)),
)
MOTION = Lifecycle(
    Motion,
    MotionState,
    Move(e.MotionSeconded, Can.SECOND, (M.MOVED,), M.SECONDED),
    Move(
        e.MotionPut,
        Can.RUN_MOTION,
        (M.SECONDED,),
        M.PUT,
        (its_item_is_on, amendments_decided, one_at_a_time, enough_to_decide),
    ),
    Move(e.MotionCarried, Can.RUN_MOTION, (M.PUT,), M.CARRIED),
    Move(e.MotionLapsed, Can.LAPSE_MOTION, (M.PUT,), M.SECONDED),
    Move(e.MotionLost, Can.RUN_MOTION, (M.PUT,), M.LOST),
    Move(e.MotionWithdrawn, Can.RUN_MOTION, (M.MOVED, M.SECONDED), M.WITHDRAWN),
)
