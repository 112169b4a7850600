"""Visits and agreements: a shop becomes a partner, is suspended, goes on, ends."""

from datetime import date

import sqlalchemy as sa

from ...core import ticks
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ..events import (
    AgreementRenewed,
    MerchantAccepted,
    MerchantDeclined,
    MerchantEnded,
    MerchantResumed,
    MerchantSuspended,
    MerchantVisited,
)
from ..lifecycle import MERCHANT
from ..models import Agreement, MerchantVisit, PartnerMerchant
from ..policy import Can
from ..words import MerchantState, Payer

LONGEST = 3 * 366
AT_ONCE = 200


@action(Can.VISIT)
def visit_merchant(
    actor: Actor, merchant: PartnerMerchant, *, day: date, note: str, once: str
) -> MerchantVisit:
    """Write down what staff saw there. The same `once` again returns the first. Raises Invalid."""
    assert actor.id is not None
    if known := made(MerchantVisit, once, by_id=actor.id):
        return known
    if day > actor.today:
        raise Invalid(_("走访的日子还没到。"), "day")
    if not note.strip():
        raise Invalid(_("请写看到了什么。"), "note")
    visit = MerchantVisit(
        merchant_id=merchant.id, day=day, note=note.strip()[:600], by_id=actor.id, at=actor.now, once=once
    )
    store(visit)
    record(actor, merchant, MerchantVisited(visit.id))
    return visit


@action(Can.SIGN)
def sign_agreement(
    actor: Actor, merchant: PartnerMerchant, *, starts: date, ends: date, payer: Payer, once: str
) -> Agreement:
    """An agreement from a day until before another. One that runs is renewed without a gap. The same `once` again
    returns the first. Raises Invalid for a term that will not do, Conflict without a visit."""
    assert actor.id is not None
    if known := made(Agreement, once, signed_by_id=actor.id):
        return known
    running = merchant.state is MerchantState.PARTNER
    _check_term(actor.today, merchant if running else None, starts, ends)
    agreement = Agreement(
        merchant_id=merchant.id,
        starts=starts,
        ends=ends,
        payer=payer,
        signed_by_id=actor.id,
        at=actor.now,
        once=once,
    )
    store(agreement)
    joined = running and merchant.ends is not None and starts <= merchant.ends
    merchant.starts = merchant.starts if joined else starts
    merchant.ends, merchant.because = ends, ""
    if running:
        record(actor, merchant, AgreementRenewed(agreement.id, ends))
    else:
        MERCHANT.move(actor, merchant, MerchantAccepted(agreement.id, ends))
    return agreement


@action(Can.DECLINE)
def decline_merchant(actor: Actor, merchant: PartnerMerchant, *, reason: str) -> None:
    merchant.because = _reason(reason)
    MERCHANT.move(actor, merchant, MerchantDeclined(merchant.id))


@action(Can.SUSPEND)
def suspend_merchant(actor: Actor, merchant: PartnerMerchant, *, reason: str) -> None:
    """Nothing is redeemed there until it is resumed; codes that are out are refused at the counter."""
    merchant.because = _reason(reason)
    MERCHANT.move(actor, merchant, MerchantSuspended(merchant.id))


@action(Can.RESUME)
def resume_merchant(actor: Actor, merchant: PartnerMerchant) -> None:
    merchant.because = ""
    MERCHANT.move(actor, merchant, MerchantResumed(merchant.id))


@action(Can.END)
def end_merchant(actor: Actor, merchant: PartnerMerchant, *, reason: str = "") -> None:
    """Before the day with a reason; afterwards without. Raises Conflict."""
    merchant.because = reason.strip()[:300]
    MERCHANT.move(actor, merchant, MerchantEnded(merchant.id))


def end_due(actor: Actor) -> int:
    """The clock: agreements that are over. Whatever is asked of them is refused before this has come by."""
    over = (
        sa.select(PartnerMerchant)
        .where(
            PartnerMerchant.state.in_((MerchantState.PARTNER, MerchantState.SUSPENDED)),
            PartnerMerchant.ends <= actor.today,
        )
        .order_by(PartnerMerchant.id)
        .limit(AT_ONCE)
    )
    return ticks.each(list(db.session.scalars(over)), lambda merchant: end_merchant(actor, merchant))


def _reason(typed: str) -> str:
    if not typed.strip():
        raise Invalid(_("请写明为什么。"), "reason")
    return typed.strip()[:300]


def _check_term(today: date, running: PartnerMerchant | None, starts: date, ends: date) -> None:
    if ends <= max(starts, today):
        raise Invalid(_("结束的日子要在开始和今天以后。"), "ends")
    if (ends - starts).days > LONGEST:
        raise Invalid(_("协议最长三年。"), "ends")
    if running is not None and running.ends is not None and ends <= running.ends:
        raise Invalid(_("新协议要比现在的更晚到期。"), "ends")
