"""Who comes and who leaves: by name at the door, by the code on the wall, by the card somebody brings along. Before and
after the hours of a meeting the door is shut: Conflict."""

import sqlalchemy as sa

from ...accounts.finding import PHONE
from ...accounts.models import User
from ...core import door
from ...core.access import containing, may
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record, reference
from ...core.text import _
from ..events import Arrived, Attended, Left, Witnessed
from ..models import Invitation, Meeting
from ..people import known, name_of
from ..policy import Can
from ..presence import asked_as, closed_door, seat_of
from ..room import Hand, Motion, Turn
from ..sides import Side
from ..words import Arrival, MotionState, Reply


@action(Can.CHECK_IN)
def check_in(
    actor: Actor, meeting: Meeting, *, invitation_id: int, substitute: str = "", himself: bool = False
) -> Invitation:
    """Somebody who is asked is there, or who comes in his place, by name or phone; `himself`: he does although he had
    sent somebody. Again changes nothing; whoever had left is back. Raises Invalid for a substitute where the body wants
    its members themselves, and for one who sits there already."""
    asked = asked_as(meeting, invitation_id)
    if himself:
        return _himself(actor, meeting, asked, Arrival.NAME, actor.id)
    if substitute:
        if asked.member and not meeting.substitutes:
            raise Invalid(_("这个会要本人来，不能请别人替。"), "substitute")
        _given_to(actor, meeting, asked, substitute)
    return _arrived(actor, meeting, asked, Arrival.NAME, actor.id)


def _given_to(actor: Actor, meeting: Meeting, asked: Invitation, typed: str) -> None:
    """Another one comes for this seat; the same as he said before is who he named then. A name alone is kept as it
    is: an outsider may be called like a resident, and only a phone says whose account sits there."""
    if asked.substitute == typed:
        return
    person = known(actor, meeting.place_path, typed, "substitute")
    if person and person.id == asked.user_id:
        raise Invalid(_("替他来的要是别人。他自己来了，请直接签到。"), "substitute")
    if person and (seat := seat_of(meeting, person.id)) and seat.present and seat.sits == person.id:
        raise Invalid(_("他在这个会上已经有一席，一个人只坐一席。"), "substitute")
    _no_hands(asked)
    by_phone = person if PHONE.fullmatch(typed) else None
    asked.substitute, asked.substitute_id = (by_phone.name, by_phone.id) if by_phone else (typed, None)
    asked.reply = Reply.SUBSTITUTE


@action(Can.CHECK_IN)
def admit(actor: Actor, meeting: Meeting, *, who: str, side: Side) -> Invitation:
    """Somebody came whom nobody had asked, or who gives his name at the door: he sits in beside the members, unless he
    is asked already. Who has no account is kept by name."""
    if person := known(actor, meeting.place_path, who, "who"):
        return _comes(actor, meeting, person, side, Arrival.NAME, actor.id)
    found = sa.select(Invitation).where(Invitation.meeting_id == meeting.id, Invitation.name == who)
    asked = db.session.scalar(found.limit(1)) or _guest(meeting, None, who, side)
    return _himself(actor, meeting, asked, Arrival.NAME, actor.id)


@action(Can.CHECK_IN)
def check_in_card(actor: Actor, meeting: Meeting, *, card: str, secret: str) -> Invitation:
    """Somebody showed the code he brought along. Raises Invalid for one that is nobody's here."""
    number = door.number_on(card)
    found = sa.select(User).where(
        User.id == number, User.closed_at.is_(None), User.place_path.in_(containing(meeting.place_path))
    )
    person = db.session.scalar(found) if number else None
    if person is None or not door.is_card(card, secret, person.id, person.stamp):
        raise Invalid(_("这个签到码对不上，请核对，或者按姓名签到。"), "card")
    return _comes(actor, meeting, person, Side.RESIDENT, Arrival.CARD, actor.id)


@action(Can.COME)
def come(actor: Actor, meeting: Meeting, *, code: str, secret: str) -> Invitation:
    """Check oneself in with the code that hangs on the wall. Raises Invalid for one that does not hang there now."""
    person = db.session.get(User, actor.id or 0)
    if person is None or not door.fits(code, secret, reference(meeting), actor.now):
        raise Invalid(_("这个码不对，或者已经换了。请看墙上现在的码。"), "code")
    keeps = actor.id if may(actor, Can.CHECK_IN, meeting) else None
    return _comes(actor, meeting, person, Side(actor.party), Arrival.CODE, keeps)


@action(Can.ENTER_ARRIVAL)
def enter_arrival(actor: Actor, meeting: Meeting, *, invitation_id: int) -> Invitation:
    """Somebody was there and was not checked in: entered when it is over, as long as the minutes have not gone out.
    Again changes nothing."""
    asked = asked_as(meeting, invitation_id)
    was_there = asked.vouched
    _arrived(actor, meeting, asked, Arrival.NAME, actor.id)
    if not was_there:
        state_attended(actor, meeting, asked)
    return asked


@action(Can.WITNESS)
def witness(actor: Actor, meeting: Meeting, *, invitation_id: int) -> None:
    """Say that somebody was there who keeps the door and let himself in: until another one does, nobody has seen him.
    Again changes nothing. Raises Conflict for oneself, and for somebody who was not checked in."""
    asked = asked_as(meeting, invitation_id)
    if asked.sits == actor.id:
        raise Conflict(_("自己到没到会，要请别人来说。"))
    if asked.arrived_at is None:
        raise Conflict(_("他没有签过到。请主持人、记录人或者召集人补记。"))
    if asked.vouched:
        return
    asked.arrived_by_id = actor.id
    meeting.version += 1
    record(actor, meeting, Witnessed(asked.id, asked.side))
    state_attended(actor, meeting, asked)


def state_attended(actor: Actor, meeting: Meeting, *only: Invitation) -> None:
    """Who was there now that it was held: all, or those entered afterwards. Whoever sent somebody was not, but whom he
    sent; and nobody says so of himself."""
    came = sa.select(Invitation).where(
        Invitation.meeting_id == meeting.id, Invitation.arrived_at.is_not(None)
    )
    found = only or db.session.scalars(came).all()
    if ids := tuple(sorted({i.sits for i in found if i.sits and i.vouched})):
        record(actor, meeting, Attended(ids))


@action(Can.CHECK_IN)
def check_out(actor: Actor, meeting: Meeting, *, invitation_id: int) -> None:
    """Somebody leaves: a hand he showed does not count while he is away, he waits no longer to speak, and speaks no
    more. Marked by mistake and back again, his hand is there as he showed it."""
    asked = asked_as(meeting, invitation_id)
    if not asked.present:
        return
    asked.left_at = actor.now
    waiting = sa.delete(Turn).where(Turn.invitation_id == asked.id, Turn.called_at.is_(None))
    speaking = sa.update(Turn).where(Turn.invitation_id == asked.id, Turn.ended_at.is_(None))
    for said in (waiting, speaking.values(ended_at=actor.now)):
        db.session.execute(said.execution_options(synchronize_session="fetch"))
    meeting.version += 1
    record(actor, meeting, Left(asked.id, asked.side))


def _no_hands(asked: Invitation) -> None:
    """Another person sits there now: what the one before showed on what is not decided was not his."""
    open_motions = sa.select(Motion.id).where(
        Motion.meeting_id == asked.meeting_id, Motion.state == MotionState.PUT, Motion.counted_at.is_(None)
    )
    hands = sa.delete(Hand).where(Hand.invitation_id == asked.id, Hand.motion_id.in_(open_motions))
    db.session.execute(hands.execution_options(synchronize_session="fetch"))


def _comes(
    actor: Actor, meeting: Meeting, person: User, side: Side, arrival: Arrival, keeper: int | None
) -> Invitation:
    """Somebody with an account, on his own seat, on the one he stands in for, or beside the members."""
    asked = seat_of(meeting, person.id) or _guest(meeting, person, "", side)
    seated = _arrived if asked.sits == person.id else _himself
    return seated(actor, meeting, asked, arrival, keeper)


def _guest(meeting: Meeting, person: User | None, name: str, side: Side) -> Invitation:
    guest = Invitation(
        meeting_id=meeting.id,
        place_path=meeting.place_path,
        user_id=person.id if person else None,
        name="" if person else name,
        side=side,
        member=False,
        interest=None,
        uninvited=True,
    )
    store(guest)
    return guest


def _sits_once(meeting: Meeting, asked: Invitation) -> None:
    """One person, one seat: nobody is there twice."""
    if asked.sits is None:
        return
    found = sa.select(Invitation).where(
        Invitation.meeting_id == meeting.id,
        Invitation.id != asked.id,
        Invitation.sitter_id == asked.sits,
        Invitation.arrived_at.is_not(None),
        Invitation.left_at.is_(None),
    )
    if other := db.session.scalar(found.limit(1)):
        raise Conflict(
            _(
                "一个人只坐一席，他已经在%(seat)s那一席签到了。换席请先在门口把那一席记成“走了”；散会以后请写进纪要。",
                seat=name_of(other),
            )
        )


def _himself(
    actor: Actor, meeting: Meeting, asked: Invitation, arrival: Arrival, keeper: int | None
) -> Invitation:
    """He came though somebody was to come in his place: the seat is his again, and so is what is said from it."""
    if asked.substitute and not closed_door(meeting, actor.now):
        seated = asked.present
        asked.substitute, asked.substitute_id, asked.reply = "", None, Reply.YES
        if seated:
            asked.arrived_by_id = keeper
            meeting.version += 1
            record(actor, meeting, Arrived(asked.id, asked.side, arrival, asked.sits))
    return _arrived(actor, meeting, asked, arrival, keeper)


def _arrived(
    actor: Actor, meeting: Meeting, asked: Invitation, arrival: Arrival, keeper: int | None
) -> Invitation:
    """`keeper`: who keeps the door. Whoever checked himself in is vouched for once somebody else does it again. Raises
    Conflict for somebody who sits on another seat; the meeting is held, so two doors do not pass it at once."""
    _sits_once(meeting, asked)
    if asked.present:
        asked.arrived_by_id = asked.arrived_by_id if asked.vouched else keeper
        return asked
    if shut := closed_door(meeting, actor.now):
        raise Conflict(shut)
    if asked.arrived_at is None:
        asked.arrived_at, asked.arrival, asked.arrived_by_id = actor.now, arrival, keeper
    elif not asked.vouched:
        asked.arrived_by_id = keeper
    asked.left_at = None
    meeting.version += 1
    record(actor, meeting, Arrived(asked.id, asked.side, arrival, asked.sits))
    return asked
