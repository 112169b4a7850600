"""How merchants, offers, redemptions and statements move. The term of an agreement and the quarter of an hour of a
code are columns that guards read, never states."""

from collections.abc import Iterable

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.lifecycle import Lifecycle, Move
from ..core.text import _
from . import events as e
from .models import MerchantVisit, Offer, PartnerMerchant, Redemption, Statement
from .policy import Can
from .words import REFUSALS, MerchantState, OfferState, RedemptionState, StatementState, Why

M, S, R, B = MerchantState, OfferState, RedemptionState, StatementState


def visited(merchant: PartnerMerchant, _actor: Actor) -> Iterable[Unmet]:
    """Nobody signs with a shop that nobody has seen."""
    seen = sa.select(MerchantVisit.id).where(MerchantVisit.merchant_id == merchant.id).limit(1)
    if db.session.scalar(seen) is None:
        yield Unmet(_("请先到店里走访，记下看到的。"), f"/partners/{merchant.id}/visits")


def reason_given(merchant: PartnerMerchant, _actor: Actor) -> Iterable[Unmet]:
    if not merchant.because:
        yield Unmet(_("请写明为什么。"))


def reason_or_over(merchant: PartnerMerchant, actor: Actor) -> Iterable[Unmet]:
    """Before its day an agreement ends with a reason only."""
    over = merchant.ends is not None and actor.today >= merchant.ends
    if not merchant.because and not over:
        yield Unmet(_("协议还没到期。要提前结束，请写明为什么。"))


def hour_passed(redemption: Redemption, actor: Actor) -> Iterable[Unmet]:
    if actor.now < redemption.until:
        yield Unmet(_("还没到时间。"))


def hour_ahead(redemption: Redemption, actor: Actor) -> Iterable[Unmet]:
    if actor.now >= redemption.until:
        yield Unmet(_(REFUSALS[Why.TOO_LATE]))


MERCHANT = Lifecycle(
    PartnerMerchant,
    MerchantState,
    Move(e.MerchantAccepted, Can.SIGN, (M.APPLIED, M.ENDED), M.PARTNER, (visited,)),
    Move(e.MerchantDeclined, Can.DECLINE, (M.APPLIED,), M.DECLINED, (reason_given,)),
    Move(e.MerchantSuspended, Can.SUSPEND, (M.PARTNER,), M.SUSPENDED, (reason_given,)),
    Move(e.MerchantResumed, Can.RESUME, (M.SUSPENDED,), M.PARTNER),
    Move(e.MerchantEnded, Can.END, (M.PARTNER, M.SUSPENDED), M.ENDED, (reason_or_over,)),
)
OFFER = Lifecycle(
    Offer,
    OfferState,
    Move(e.OfferPaused, Can.PAUSE_OFFER, (S.OPEN,), S.PAUSED),
    Move(e.OfferResumed, Can.RESUME_OFFER, (S.PAUSED,), S.OPEN),
)
REDEMPTION = Lifecycle(
    Redemption,
    RedemptionState,
    Move(e.RedemptionSettled, Can.SETTLE, (R.HELD,), R.USED, (hour_ahead,)),
    Move(e.RedemptionCancelled, Can.CANCEL, (R.HELD,), R.CANCELLED),
    Move(e.RedemptionExpired, Can.EXPIRE, (R.HELD,), R.EXPIRED, (hour_passed,)),
    Move(e.RedemptionReversed, Can.REVERSE, (R.USED,), R.REVERSED),
)
STATEMENT = Lifecycle(
    Statement,
    StatementState,
    Move(e.StatementAgreed, Can.AGREE, (B.DRAWN,), B.AGREED),
    Move(e.StatementDisputed, Can.DISPUTE, (B.DRAWN,), B.DISPUTED),
    Move(e.DisputeAnswered, Can.ANSWER_DISPUTE, (B.DISPUTED,), B.DRAWN),
    Move(e.StatementReopened, Can.CORRECT, (B.AGREED,), B.DRAWN),
    Move(e.StatementSettled, Can.SETTLE_STATEMENT, (B.AGREED,), B.SETTLED),
)
