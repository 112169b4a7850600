"""The waiting list of a shift: whoever is next comes in when a place is free. Not actions: they run inside of them."""

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import record
from ..events import MovedUp, SignedUp, SignUpWithdrawn
from ..lifecycle import SIGN_UP
from ..models.shifts import Shift, SignUp
from ..words import SignUpState

TAKING = (SignUpState.COMING, SignUpState.CONFIRMED, SignUpState.ABSENT)


def enter(actor: Actor, shift: Shift, user_id: int, *, risk_read: bool) -> SignUp:
    """One more person for a locked shift: in it while there is a place, else at the end of the waiting list."""
    waiting = shift.taken >= shift.needed
    sign_up = SignUp(
        shift_id=shift.id,
        service_id=shift.service_id,
        team_id=shift.team_id,
        user_id=user_id,
        place_path=shift.place_path,
        state=SignUpState.WAITING if waiting else SignUpState.COMING,
        at=actor.now,
        risk_read_at=actor.now if risk_read else None,
        moved_at=actor.now,
    )
    db.session.add(sign_up)
    settle(actor, shift)
    record(actor, sign_up, SignedUp(user_id, shift.id, waiting))
    return sign_up


def withdrawn(actor: Actor, sign_up: SignUp) -> None:
    SIGN_UP.move(actor, sign_up, SignUpWithdrawn(sign_up.user_id, sign_up.shift_id))


def settle(actor: Actor, shift: Shift) -> None:
    """Free places go to those who wait, first come, first served, until the shift begins; then both are counted.

    Whoever is withdrawing at this moment is passed over: his row is held, and he holds it waiting for this shift.
    """
    _count(shift)
    free = shift.needed - shift.taken
    if free > 0 and shift.queued and shift.cancelled_at is None and actor.now < shift.starts_at:
        next_ = (
            sa.select(SignUp)
            .where(SignUp.shift_id == shift.id, SignUp.state == SignUpState.WAITING)
            .order_by(SignUp.id)
            .limit(free)
            .with_for_update(skip_locked=True, of=SignUp)
        )
        for sign_up in db.session.scalars(next_).all():
            SIGN_UP.move(actor, sign_up, MovedUp(sign_up.user_id, shift.id))
            sign_up.moved_up_at = actor.now
        _count(shift)


def _count(shift: Shift) -> None:
    db.session.flush()
    found = sa.select(
        sa.func.count().filter(SignUp.state.in_(TAKING), SignUp.added.is_(False)),
        sa.func.count().filter(SignUp.state == SignUpState.WAITING),
    ).where(SignUp.shift_id == shift.id)
    shift.taken, shift.queued = db.session.execute(found).one()
    db.session.flush()
