"""Motions: moved, seconded, their amendments first, and a show of hands into one tally."""

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import hands, tally
from ..events import (
    HandsCounted,
    HandShown,
    MotionCarried,
    MotionLost,
    MotionPut,
    MotionRaised,
    MotionSeconded,
    MotionWithdrawn,
)
from ..hands import Hands, Rule
from ..lifecycle import MOTION
from ..models import Invitation, Meeting
from ..policy import Can
from ..presence import attendance_of, current, hands_on, oneself, there_as, voters_on
from ..room import Hand, Motion
from ..tally import Choice
from ..words import UNDECIDED, MeetingState, MotionState
from .turns import check_stake

MOST_WAITING = 2
"""Motions on an item that one member has moved and that are not decided."""


@action(Can.RUN_ROOM)
def raise_motion(
    actor: Actor, meeting: Meeting, *, text: str, moved_by_id: int, once: str, amends_id: int | None = None
) -> Motion:
    """Write down what a member moves on the item, or another wording of what was moved. The same `once` again returns
    what it made. Raises Invalid in a body that takes no vote, for a guest, and for what cannot be amended any more."""
    if known := made(Motion, once, entered_by_id=actor.id):
        return known
    return _raised(actor, meeting, there_as(meeting, moved_by_id), text, once, amends_id)


@action(Can.MOVE_MOTION)
def move_motion(
    actor: Actor, meeting: Meeting, *, text: str, once: str, amends_id: int | None = None
) -> Motion:
    """The same, on one's own phone: a member who has said whether the matter touches him. Raises Conflict for somebody
    who is not there, who has not said so, and who has as many motions waiting as one may."""
    if known := made(Motion, once, entered_by_id=actor.id):
        return known
    own, item = oneself(meeting, actor), current(meeting)
    check_stake(item.id, own)
    waiting = sa.select(sa.func.count()).where(
        Motion.item_id == item.id, Motion.moved_by_id == own.id, Motion.state.in_(UNDECIDED)
    )
    if (db.session.scalar(waiting) or 0) >= MOST_WAITING:
        raise Conflict(
            _("您有 %(most)d 个动议还没有表态，先等结果，或者请主持人收回一个。", most=MOST_WAITING)
        )
    return _raised(actor, meeting, own, text, once, amends_id)


def _raised(
    actor: Actor, meeting: Meeting, mover: Invitation, text: str, once: str, amends_id: int | None
) -> Motion:
    if meeting.rule is Rule.NO_VOTE:
        raise Invalid(_("这个会只商量，不表态。"), "text")
    item = current(meeting)
    _member(mover, "moved_by_id")
    if amends_id is not None:
        _amendable(meeting, item.id, amends_id)
    assert actor.id is not None
    motion = Motion(
        meeting_id=meeting.id,
        place_path=meeting.place_path,
        item_id=item.id,
        amends_id=amends_id,
        text=text,
        moved_by_id=mover.id,
        entered_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(motion)
    meeting.version += 1
    record(actor, motion, MotionRaised(motion.id))
    return motion


def _meeting_first(motion: Motion) -> None:
    lock(db.session.get_one(Meeting, motion.meeting_id))


@action(Can.SECOND, after=_meeting_first)
def second_motion(actor: Actor, motion: Motion) -> None:
    """Second what somebody else moved. Raises Conflict for its mover, a guest and somebody who is not there."""
    _seconded(actor, motion, oneself(_in_session(motion), actor))


@action(Can.RUN_MOTION, after=_meeting_first)
def enter_second(actor: Actor, motion: Motion, *, invitation_id: int) -> None:
    """The same, as somebody did it in the room."""
    _seconded(actor, motion, there_as(_in_session(motion), invitation_id))


@action(Can.RUN_MOTION, after=_meeting_first)
def put_motion(actor: Actor, motion: Motion) -> None:
    """Ask for hands. Raises Conflict with all that stands in the way: amendments first, one at a time, enough there."""
    meeting = _in_session(motion)
    MOTION.move(actor, motion, MotionPut(motion.id))
    meeting.version += 1


@action(Can.RUN_MOTION, after=_meeting_first)
def withdraw_motion(actor: Actor, motion: Motion) -> None:
    """Its mover takes it back before hands are asked for; its amendments go with it."""
    meeting = _in_session(motion)
    MOTION.move(actor, motion, MotionWithdrawn(motion.id))
    amendments = sa.select(Motion).where(Motion.amends_id == motion.id, Motion.state.in_(UNDECIDED))
    for amendment in db.session.scalars(amendments):
        MOTION.move(actor, amendment, MotionWithdrawn(amendment.id))
    meeting.version += 1


@action(Can.SHOW_HAND, after=_meeting_first)
def show_hand(actor: Actor, motion: Motion, *, choice: Choice) -> None:
    """Show one's hand on the phone; again changes it. Raises Conflict for a guest, for somebody who is not there, who
    has not said whether he has a stake, or who has one, and once the hands in the room are counted."""
    meeting = _in_session(motion)
    own = oneself(meeting, actor)
    _member(own, "choice")
    if check_stake(motion.item_id, own):
        raise Conflict(_("您说明了和这件事有利害关系，这一项请回避表态。"))
    _shown(actor, meeting, motion, own, choice)


@action(Can.RUN_MOTION, after=_meeting_first)
def enter_hand(actor: Actor, motion: Motion, *, invitation_id: int, choice: Choice) -> None:
    """The hand of somebody by name, as the clerk saw it. Raises as `show_hand` does."""
    meeting = _in_session(motion)
    who = there_as(meeting, invitation_id)
    _member(who, "invitation_id")
    if who.id not in voters_on(motion).present:
        raise Conflict(_("他说明了和这件事有利害关系，这一项请他回避表态。"))
    _shown(actor, meeting, motion, who, choice)


@action(Can.RUN_MOTION, after=_meeting_first)
def count_hands(actor: Actor, motion: Motion, *, n_for: int, n_against: int, n_abstain: int) -> None:
    """Write down the hands counted in the room, of those who are not known by name; from then on nobody shows one on
    the phone. All zero takes the count back. Raises Invalid for more hands than such people."""
    meeting = _in_session(motion)
    _being_decided(motion)
    given = Hands(n_for, n_against, n_abstain)
    tally.counted(given, hands_on(motion), voters_on(motion))
    motion.room_for, motion.room_against, motion.room_abstain = given
    motion.counted_at = actor.now if any(given) else None
    meeting.version += 1
    record(actor, motion, HandsCounted(motion.id, sum(given)))


@action(Can.RUN_MOTION, after=_meeting_first)
def decide_motion(actor: Actor, motion: Motion) -> None:
    """State what the hands decide by the rule the meeting was called by. Whoever is there and raised none abstains;
    with a side gone that must be there nothing carries. An amendment that carries becomes the wording of its motion.
    The same again changes nothing."""
    if motion.state in (MotionState.CARRIED, MotionState.LOST):
        return
    meeting = _in_session(motion)
    _being_decided(motion)
    voters, shown = voters_on(motion), hands_on(motion)
    room = tally.counted(_room(motion), shown, voters)
    raised = tally.together(tally.named(shown, voters), room)
    present = len(voters.present)
    given = hands.checked(raised, present)
    assert meeting.rule is not None
    assert meeting.quorum is not None
    decided = hands.decide(
        raised,
        members=voters.members,
        present=present,
        rule=meeting.rule,
        quorum=meeting.quorum,
        aside=voters.aside,
    )
    motion.n_members, motion.n_present, motion.n_aside = voters.members, present, voters.aside
    motion.n_for, motion.n_against, motion.n_abstain = given
    motion.lacking = [side.value for side in attendance_of(meeting).short]
    carried = decided.passed and not motion.lacking
    MOTION.move(actor, motion, (MotionCarried if carried else MotionLost)(motion.id, *given))
    if carried and motion.amends_id:
        db.session.get_one(Motion, motion.amends_id).text = motion.text
    meeting.version += 1


def _shown(actor: Actor, meeting: Meeting, motion: Motion, who: Invitation, choice: Choice) -> None:
    _being_decided(motion)
    if motion.counted_at is not None:
        raise Conflict(_("会场里的手已经点过了，再点手机会算成两次。请告诉记录人。"))
    found = sa.select(Hand).where(Hand.motion_id == motion.id, Hand.invitation_id == who.id)
    known = db.session.scalar(found)
    if known is None:
        known = Hand(motion_id=motion.id, invitation_id=who.id, choice=choice, at=actor.now)
        store(known)
    known.choice, known.at = choice, actor.now
    meeting.version += 1
    record(actor, motion, HandShown(motion.id, who.id))


def _seconded(actor: Actor, motion: Motion, who: Invitation) -> None:
    _member(who, "invitation_id")
    if who.id == motion.moved_by_id:
        raise Conflict(_("自己提的动议要别人来附议。"))
    MOTION.move(actor, motion, MotionSeconded(motion.id))
    motion.seconded_by_id = who.id
    db.session.get_one(Meeting, motion.meeting_id).version += 1


def _member(who: Invitation, field: str) -> None:
    if not who.member:
        raise Invalid(_("列席的人可以发言，动议、附议和表态由成员来。"), field)


def _amendable(meeting: Meeting, item_id: int, amends_id: int) -> None:
    amended = db.session.get(Motion, amends_id)
    if amended is None or amended.meeting_id != meeting.id or amended.item_id != item_id:
        raise Invalid(_("没有这个动议，请刷新页面看看。"), "amends_id")
    if amended.amends_id is not None or amended.state not in (MotionState.MOVED, MotionState.SECONDED):
        raise Invalid(_("这个动议已经交给大家表态，不能再改。"), "amends_id")


def _being_decided(motion: Motion) -> None:
    if motion.state is not MotionState.PUT:
        raise Conflict(_("现在没有在表态。"))


def _room(motion: Motion) -> Hands:
    return Hands(motion.room_for, motion.room_against, motion.room_abstain)


def _in_session(motion: Motion) -> Meeting:
    """The meeting of a motion, which is held before it: whatever happens in the room happens one after the other."""
    meeting = db.session.get_one(Meeting, motion.meeting_id)
    if meeting.state is not MeetingState.OPEN:
        raise Conflict(_("会议没有在开。"))
    return meeting
