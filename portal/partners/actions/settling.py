"""At the counter: the digits of a code are typed, its owner nods on his own phone, and it is handed over, once. What
went wrong is put right by staff."""

from datetime import timedelta

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor, system
from ...core.db import db, lock
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ...points.actions.opening import open_merchant
from ...points.actions.reversing import reverse
from ...points.actions.spending import confirm
from ...points.models import Entry
from ...points.queries.accounts import programme_of
from ..events import RedemptionAsked, RedemptionDenied, RedemptionReversed, RedemptionSettled
from ..lifecycle import REDEMPTION
from ..models import PartnerMerchant, Redemption
from ..policy import Can
from ..refusals import Refused
from ..rules import code_in
from ..words import Desk, RedemptionState, Why
from .signing import put_on


@action(Can.DESK, share=True)
def ask(actor: Actor, merchant: PartnerMerchant, *, typed: str) -> Redemption:
    """Somebody shows a code at the counter of a merchant: its keeper, or staff who enter for it, type it (the digits,
    or all that a scanner read), and its owner is asked on his phone. A picture of a code alone gets nothing.

    The same hands again change nothing. Raises Refused with `why`. Whoever lets people type limits how often they may.
    """
    code = code_in(typed)
    redemption = _found(actor, merchant.place_path, code) if code else None
    if redemption is None:
        raise Refused(Why.NO_SUCH_CODE)
    lock(redemption)
    if why := _hindrance(actor, merchant, redemption):
        raise Refused(why)
    if redemption.asked_at is None:
        redemption.asked_at, redemption.asked_by_id = actor.now, actor.id
        redemption.denied_at = None
        record(actor, redemption, RedemptionAsked(redemption.offer_id))
    return redemption


@action(Can.GIVE)
def give(actor: Actor, redemption: Redemption) -> None:
    """He nods: it is handed over to him. Raises Refused where the shop is no partner any more."""
    merchant = db.session.get_one(PartnerMerchant, redemption.merchant_id)
    if not merchant.runs(actor.today):
        raise Refused(Why.SHOP_OVER)
    assert redemption.asked_by_id is not None
    by = redemption.asked_by_id
    hand_over(actor, redemption, Desk.SHOP if by == merchant.keeper_id else Desk.STAFF, by=by)


@action(Can.GIVE)
def deny(actor: Actor, redemption: Redemption) -> None:
    """It is not he who stands there: nothing is handed over, and the counter reads it. The code stays good."""
    redemption.asked_at, redemption.asked_by_id, redemption.denied_at = None, None, actor.now
    record(actor, redemption, RedemptionDenied(redemption.offer_id))


def hand_over(actor: Actor, redemption: Redemption, desk: Desk, *, by: int | None) -> None:
    """The points go to the merchant; in an action that asked whether it may be. `by`: who stands at the desk."""
    portal = system(actor.now)
    programme = programme_of(redemption.place_path)
    if programme is None or redemption.hold_id is None:
        raise Refused(Why.NO_PROGRAMME)
    paid = confirm(
        portal,
        db.session.get_one(Entry, redemption.hold_id),
        merchant=open_merchant(portal, programme, merchant_id=redemption.merchant_id),
        key=f"redemption:{redemption.id}:confirm",
    )
    redemption.confirm_id, redemption.desk = paid.id, desk
    redemption.settled_by_id, redemption.settled_at = by, actor.now
    REDEMPTION.move(actor, redemption, RedemptionSettled(redemption.offer_id, desk, redemption.cost))


@action(Can.REVERSE)
def reverse_redemption(actor: Actor, redemption: Redemption, *, reason: str) -> None:
    """Put a redemption right: the points come back, and the month's statement says so on a line of its own. What came
    back to the shelf is entered as stock. Raises Invalid without a reason, and what `points` refuses."""
    if not reason.strip():
        raise Invalid(_("请写更正的理由。"), "reason")
    assert redemption.confirm_id is not None
    paid = db.session.get_one(Entry, redemption.confirm_id)
    back = reverse(system(actor.now), paid, key=f"redemption:{redemption.id}:reverse", reason=reason.strip())
    redemption.because = reason.strip()[:300]
    REDEMPTION.move(actor, redemption, RedemptionReversed(redemption.cost))
    put_on(actor, redemption, back)


def _found(actor: Actor, place_path: str, code: str) -> Redemption | None:
    """What a code of this community is or was for, in the last day."""
    wanted = (
        sa.select(Redemption)
        .where(
            Redemption.place_path == place_path,
            Redemption.code == code,
            Redemption.created_at > actor.now - timedelta(days=1),
        )
        .order_by(Redemption.id.desc())
        .limit(1)
    )
    return db.session.scalar(wanted)


def _hindrance(actor: Actor, merchant: PartnerMerchant, redemption: Redemption) -> Why | None:
    late = redemption.state is RedemptionState.EXPIRED or actor.now >= redemption.until
    checks = {
        Why.OTHER_SHOP: redemption.merchant_id != merchant.id,
        Why.TAKEN: redemption.state not in (RedemptionState.HELD, RedemptionState.EXPIRED),
        Why.TOO_LATE: late,
        Why.OWN_CODE: redemption.user_id == actor.id,
        Why.SHOP_OVER: not merchant.runs(actor.today),
        Why.ASKED: redemption.asked_by_id not in (None, actor.id),
    }
    return next((why for why, met in checks.items() if met), None)
