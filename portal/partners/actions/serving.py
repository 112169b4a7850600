"""The desk of the community for those without a phone: a PIN only they know, and staff who hand over against it."""

from ...accounts.models import User
from ...accounts.passwords import agrees, hashed
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ..events import PinSet
from ..models import Offer, RedeemPin, Redemption
from ..policy import Can
from ..refusals import Refused
from ..rules import pin_fault
from ..words import Desk, Why
from .redeeming import as_read, issue_code
from .settling import hand_over


@action(Can.SET_PIN)
def set_pin(actor: Actor, user: User, *, pin: str, cost: int) -> None:
    """A person sets his PIN, or types it while staff act for him; who did that cannot serve him with it. `cost` as of
    passwords. Raises Invalid for one that is easily guessed."""
    if pin_fault(pin):
        raise Invalid(_("请用六位数字，不要全一样，也不要连号。"), "pin")
    kept = db.session.get(RedeemPin, user.id)
    if kept is None:
        kept = RedeemPin(user_id=user.id)
    kept.hash, kept.set_by_id, kept.at = hashed(pin, cost), actor.entered_by, actor.now
    store(kept)
    record(actor, user, PinSet(user.id))


@action(Can.SERVE)
def serve(
    actor: Actor, offer: Offer, *, user: User, pin: str, cost: int, once: str, version: int | None = None
) -> Redemption:
    """Hand an offer over at the desk of the community to somebody who typed his PIN. The same `once` again returns the
    first. Raises Refused as `redeem` does. Whoever lets people type limits how often they may."""
    if known := made(Redemption, once, user_id=user.id):
        return known
    as_read(offer, version)
    kept = db.session.get(RedeemPin, user.id)
    if user.place_path != offer.place_path or not agrees(pin, kept.hash if kept else None, cost):
        raise Refused(Why.BAD_PIN)
    if kept is not None and kept.set_by_id == actor.id:
        raise Refused(Why.SAME_HANDS)
    if user.id == actor.id:
        raise Refused(Why.OWN_CODE)
    redemption = issue_code(actor, offer, user_id=user.id, once=once)
    hand_over(actor, redemption, Desk.PIN, by=actor.id)
    return redemption
