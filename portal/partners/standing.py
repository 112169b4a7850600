"""What keeps somebody from an offer: asked by the action that gives a code and by the page that offers one."""

from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.actor import Actor
from ..core.db import db
from . import rules, stock
from .models import Offer, PartnerMerchant, Redemption
from .rules import Stand
from .words import OfferState, RedemptionState, Why

R = RedemptionState
_GONE_BACK = (R.CANCELLED, R.EXPIRED)


def hindrance(actor: Actor, offer: Offer, merchant: PartnerMerchant, user_id: int | None) -> Why | None:
    """The most telling of what stands in his way now; of a visitor, what stands in everybody's."""
    return next(rules.hindrances(stand_of(actor, offer, merchant, user_id), actor.today), None)


def stand_of(actor: Actor, offer: Offer, merchant: PartnerMerchant, user_id: int | None) -> Stand:
    """How an offer stands for somebody now."""
    had, waiting, back = _counted(actor, offer, user_id) if user_id else (0, 0, 0)
    return Stand(
        running=merchant.runs(actor.today),
        open=offer.state is OfferState.OPEN,
        starts=offer.starts,
        ends=offer.ends,
        left=offer.left,
        per_span=offer.per_span,
        taken=stock.taken_now(offer, actor.today),
        each=offer.each,
        had=had,
        waiting=waiting,
        back=back,
        own=user_id is not None and merchant.keeper_id == user_id,
    )


def _counted(actor: Actor, offer: Offer, user_id: int) -> tuple[int, int, int]:
    """Pieces he had of it in its span (handed over, or still waiting for him), all codes that wait for him, and codes
    of it that went back today."""
    held = Redemption.state == R.HELD
    waits = sa.and_(held, Redemption.until > actor.now)
    of_it = Redemption.offer_id == offer.id
    had = [of_it, sa.or_(waits, Redemption.state == R.USED)]
    start = rules.span_start(offer.each_span, actor.today)
    if start is not None:
        had.append(Redemption.created_at >= clock.at(start))
    gone = sa.or_(Redemption.state.in_(_GONE_BACK), sa.and_(held, Redemption.until <= actor.now))
    back = (of_it, gone, Redemption.created_at >= clock.at(actor.today))

    def count(*which: Any) -> Any:
        mine = (Redemption.user_id == user_id, Redemption.place_path == offer.place_path)
        return sa.select(sa.func.count(Redemption.id)).where(*mine, *which).scalar_subquery()

    return tuple(db.session.execute(sa.select(count(*had), count(waits), count(*back))).one())
