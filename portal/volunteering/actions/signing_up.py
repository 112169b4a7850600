"""Signing up for a shift, withdrawing, and reading that one moved up."""

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.text import _
from ..models.shifts import Service, Shift, SignUp
from ..obstacles import against
from ..people import held
from ..policy import Can
from ..queries.mine import holding
from ..words import SignUpState
from .queueing import enter, settle, withdrawn


@action(Can.SIGN_UP)
def sign_up(actor: Actor, shift: Shift, *, risk_read: bool = False) -> SignUp:
    """Sign up; without a free place one waits. A second time finds the first. Raises Conflict with everything that
    stands in the way, Invalid where the risk was not read."""
    return put_in(actor, shift, risk_read=risk_read)


def put_in(actor: Actor, shift: Shift, *, risk_read: bool) -> SignUp:
    """The same on a shift that is locked already."""
    volunteer = held(actor.id)
    if known := holding(shift.id, volunteer.user_id):
        if known.state is SignUpState.ABSENT:
            raise Conflict(_("这一班记了您没有来。来了的，请找负责人补上。"))
        return known
    service = db.session.get_one(Service, shift.service_id)
    if met := against(service, shift, volunteer):
        raise Conflict(*met)
    if service.risk and not risk_read:
        raise Invalid(_("请先看完风险提示，再打勾。"), "risk_read")
    return enter(actor, shift, volunteer.user_id, risk_read=risk_read)


@action(Can.WITHDRAW)
def withdraw(actor: Actor, sign_up: SignUp) -> None:
    """Give the place back; whoever waits first moves up."""
    shift = lock(db.session.get_one(Shift, sign_up.shift_id))
    withdrawn(actor, sign_up)
    settle(actor, shift)


@action(Can.NOTE)
def note(actor: Actor, sign_up: SignUp) -> None:
    """He read that he moved up, or what others wrote down."""
    sign_up.told_at = sign_up.told_at or actor.now
