"""Who speaks: hands raised on the phone or entered by the clerk, called in order; and stakes told before."""

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ..events import StakeDeclared, TurnAsked, TurnGiven, TurnNoted, TurnOver
from ..models import AgendaItem, Invitation, Meeting
from ..policy import Can
from ..presence import current, oneself, there_as
from ..room import Hand, Motion, Stake, Turn
from ..speaking import MOST_TURNS, Stance
from ..words import UNDECIDED

LONGEST_SAID = 600
"""Characters of what is written down of one turn."""


@action(Can.TAKE_PART)
def ask_to_speak(actor: Actor, meeting: Meeting, *, stance: Stance) -> Turn:
    """Raise one's hand on the item; again changes what for. Raises Conflict for somebody who is not there, who has not
    said whether he has a stake, and who has had his turns."""
    own, item = oneself(meeting, actor), current(meeting)
    check_stake(item.id, own)
    return _asked(actor, meeting, item, own, stance)


@action(Can.RUN_ROOM)
def enter_speaker(actor: Actor, meeting: Meeting, *, invitation_id: int, stance: Stance) -> Turn:
    """The same, for somebody who raised his hand in the room."""
    return _asked(actor, meeting, current(meeting), there_as(meeting, invitation_id), stance)


@action(Can.TAKE_PART)
def ask_no_more(actor: Actor, meeting: Meeting) -> None:
    """Take one's hand down."""
    own, item = oneself(meeting, actor), current(meeting)
    if waiting := _waiting(item, own):
        _strike(meeting, waiting)


@action(Can.RUN_ROOM)
def strike_speaker(actor: Actor, meeting: Meeting, *, turn_id: int) -> None:
    """Somebody took his hand down."""
    turn = _turn(meeting, turn_id)
    if turn.called_at is None:
        _strike(meeting, turn)


@action(Can.RUN_ROOM)
def give_turn(actor: Actor, meeting: Meeting, *, turn_id: int) -> None:
    """Call a speaker; whoever was speaking is done. The same again changes nothing."""
    turn = _turn(meeting, turn_id)
    if turn.called_at is not None:
        return
    there_as(meeting, turn.invitation_id)
    _end(actor, meeting, turn.item_id)
    turn.called_at = actor.now
    meeting.version += 1
    record(actor, meeting, TurnGiven(turn.id))


@action(Can.RUN_ROOM)
def end_turn(actor: Actor, meeting: Meeting, *, turn_id: int) -> None:
    """The speaker has finished. The same again changes nothing."""
    turn = _turn(meeting, turn_id)
    if turn.called_at is not None and turn.ended_at is None:
        _end(actor, meeting, turn.item_id)
        meeting.version += 1


@action(Can.RUN_ROOM)
def note_said(actor: Actor, meeting: Meeting, *, invitation_id: int, stance: Stance, said: str) -> Turn:
    """Write down what somebody says on the item while he says it: on the turn he has, behind what stands there, or on
    one of its own where nobody was called. The same again changes nothing. Raises Invalid for too much."""
    item, who = current(meeting), there_as(meeting, invitation_id)
    found = sa.select(Turn).where(
        Turn.item_id == item.id, Turn.invitation_id == who.id, Turn.called_at.is_not(None)
    )
    turn = db.session.scalar(found.order_by(Turn.called_at.desc(), Turn.id.desc()).limit(1))
    if turn is None:
        at = {"raised_at": actor.now, "called_at": actor.now, "ended_at": actor.now}
        turn = Turn(item_id=item.id, invitation_id=who.id, stance=stance, said="", **at)
        store(turn)
    if said in turn.said:
        return turn
    over = len(turn.said) + len(said) - LONGEST_SAID
    if over > 0:
        raise Invalid(_("多了 %(over)d 个字，最多 %(most)d 个。", over=over, most=LONGEST_SAID), "said")
    turn.said, turn.stance = turn.said + said, stance
    meeting.version += 1
    record(actor, meeting, TurnNoted(turn.id))
    return turn


@action(Can.TAKE_PART)
def declare_stake(actor: Actor, meeting: Meeting, *, what: str) -> None:
    """Say whether the matter of the item touches oneself or one's family; `what` is empty where it does not."""
    _declared(actor, meeting, oneself(meeting, actor), what)


@action(Can.RUN_ROOM)
def enter_stake(actor: Actor, meeting: Meeting, *, invitation_id: int, what: str) -> None:
    """The same, as somebody said it in the room."""
    _declared(actor, meeting, there_as(meeting, invitation_id), what)


def check_stake(item_id: int, own: Invitation) -> str:
    """What somebody said about his stake in an item. Raises Conflict if he was not asked yet."""
    found = sa.select(Stake.what).where(Stake.item_id == item_id, Stake.invitation_id == own.id)
    what = db.session.scalar(found)
    if what is None:
        raise Conflict(_("请先说明这件事和您或家人有没有利害关系。"))
    return what


def _asked(actor: Actor, meeting: Meeting, item: AgendaItem, who: Invitation, stance: Stance) -> Turn:
    if waiting := _waiting(item, who):
        if waiting.stance is not stance:
            waiting.stance = stance
            meeting.version += 1
        return waiting
    taken = sa.select(sa.func.count()).where(Turn.item_id == item.id, Turn.invitation_id == who.id)
    if (db.session.scalar(taken) or 0) >= MOST_TURNS:
        raise Conflict(_("这一项每人最多发言 %(most)d 次。", most=MOST_TURNS))
    turn = Turn(item_id=item.id, invitation_id=who.id, stance=stance, raised_at=actor.now)
    store(turn)
    meeting.version += 1
    record(actor, meeting, TurnAsked(item.id, who.id))
    return turn


def _declared(actor: Actor, meeting: Meeting, who: Invitation, what: str) -> None:
    item = current(meeting)
    found = sa.select(Stake).where(Stake.item_id == item.id, Stake.invitation_id == who.id)
    known = db.session.scalar(found)
    if known is not None and known.what == what:
        return
    if known is None:
        known = Stake(item_id=item.id, invitation_id=who.id, what=what, at=actor.now)
        store(known)
    known.what, known.at = what, actor.now
    if what:
        _no_hands(item, who)
    meeting.version += 1
    record(actor, meeting, StakeDeclared(item.id, who.id))


def _no_hands(item: AgendaItem, who: Invitation) -> None:
    """Whoever has a stake shows no hand; one he showed on what is not decided is taken back."""
    open_motions = sa.select(Motion.id).where(Motion.item_id == item.id, Motion.state.in_(UNDECIDED))
    gone = sa.delete(Hand).where(Hand.invitation_id == who.id, Hand.motion_id.in_(open_motions))
    db.session.execute(gone.execution_options(synchronize_session="fetch"))


def _waiting(item: AgendaItem, who: Invitation) -> Turn | None:
    found = sa.select(Turn).where(
        Turn.item_id == item.id, Turn.invitation_id == who.id, Turn.called_at.is_(None)
    )
    return db.session.scalar(found)


def _strike(meeting: Meeting, turn: Turn) -> None:
    db.session.delete(turn)
    meeting.version += 1


def _end(actor: Actor, meeting: Meeting, item_id: int) -> None:
    found = sa.select(Turn).where(
        Turn.item_id == item_id, Turn.called_at.is_not(None), Turn.ended_at.is_(None)
    )
    for turn in db.session.scalars(found):
        turn.ended_at = actor.now
        record(actor, meeting, TurnOver(turn.id))


def _turn(meeting: Meeting, turn_id: int) -> Turn:
    turn = db.session.get(Turn, turn_id)
    item = db.session.get(AgendaItem, turn.item_id) if turn else None
    if turn is None or item is None or item.meeting_id != meeting.id:
        raise Invalid(_("没有这个人举手，请刷新页面看看。"))
    return turn
