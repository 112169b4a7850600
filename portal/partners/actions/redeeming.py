"""Getting a code, and giving it back. The points are put aside and a piece is taken in one transaction, or neither."""

import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ...core import ticks
from ...core.actions import action, made, store
from ...core.actor import Actor, system
from ...core.db import db, lock
from ...core.eventlog import record
from ...points import refusals as books
from ...points.actions.opening import open_wallet
from ...points.actions.spending import hold, release
from ...points.models import Entry
from ...points.posting import hold_still
from ...points.queries.accounts import programme_of
from ...points.words import Why as BooksWhy
from .. import rules, standing, stock
from ..events import RedemptionCancelled, RedemptionExpired, RedemptionIssued
from ..lifecycle import REDEMPTION
from ..models import Offer, PartnerMerchant, Redemption
from ..policy import Can
from ..refusals import Refused
from ..words import RedemptionState, Why

AT_ONCE = 200
DRAWS = 5
"""Digits that are drawn for one code before it is given up."""


@action(Can.REDEEM)
def redeem(actor: Actor, offer: Offer, *, once: str, version: int | None = None) -> Redemption:
    """A code for one piece, good for a quarter of an hour. The same `once` again returns the first. `version`: of the
    offer as he read it; nobody pays what he has not seen.

    Raises Refused with `why`, and what `points` refuses (too few of them); then no piece is taken.
    """
    assert actor.id is not None
    if known := made(Redemption, once, user_id=actor.id):
        return known
    as_read(offer, version)
    return issue_code(actor, offer, user_id=actor.id, once=once)


def as_read(offer: Offer, version: int | None) -> None:
    """Raises Refused where the offer was changed since it was read."""
    if version is not None and offer.version != version:
        raise Refused(Why.CHANGED)


def issue_code(actor: Actor, offer: Offer, *, user_id: int, once: str) -> Redemption:
    """What `redeem` and the desk have in common; in an action whose subject is the offer. `actor`: the person himself,
    or whoever serves him."""
    merchant = lock(db.session.get_one(PartnerMerchant, offer.merchant_id), share=True)
    programme = programme_of(offer.place_path)
    if programme is None:
        raise Refused(Why.NO_PROGRAMME)
    portal = system(actor.now)
    wallet = open_wallet(portal, programme, user_id=user_id)
    hold_still(wallet)  # whoever taps for two things at once is counted twice
    if why := standing.hindrance(actor, offer, merchant, user_id):
        raise Refused(why)
    span, counted = stock.take(offer, actor.today)
    redemption = _coded(
        actor,
        place_path=offer.place_path,
        offer_id=offer.id,
        merchant_id=merchant.id,
        user_id=user_id,
        title=offer.title,
        cost=offer.cost,
        until=actor.now + timedelta(minutes=rules.MINUTES),
        span=span,
        counted=counted,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    aside = hold(
        portal,
        wallet,
        amount=offer.cost,
        key=f"redemption:{redemption.id}:hold",
        until=redemption.until,
        source=f"offer:{offer.id}",
        note=f"{offer.title} · {merchant.name}",
    )
    redemption.hold_id = aside.id
    record(actor, redemption, RedemptionIssued(offer.id, offer.cost))
    return redemption


@action(Can.CANCEL)
def cancel(actor: Actor, redemption: Redemption) -> None:
    """He wants it no longer: points and piece come back."""
    _come_back(actor, redemption)
    REDEMPTION.move(actor, redemption, RedemptionCancelled(redemption.cost))


@action(Can.EXPIRE)
def expire(actor: Actor, redemption: Redemption) -> None:
    """Its quarter of an hour is over: points and piece come back."""
    REDEMPTION.move(actor, redemption, RedemptionExpired(redemption.cost))
    _come_back(actor, redemption)


def expire_due(actor: Actor, offer_id: int | None = None) -> int:
    """The clock: codes whose time is over, each in its own transaction; of one offer before somebody is told that
    nothing is left of it."""
    wanted = sa.select(Redemption).where(
        Redemption.state == RedemptionState.HELD, Redemption.until <= actor.now
    )
    if offer_id is not None:
        wanted = wanted.where(Redemption.offer_id == offer_id)
    due = list(db.session.scalars(wanted.order_by(Redemption.id).limit(AT_ONCE)))
    return ticks.each(due, lambda redemption: expire(actor, redemption))


def _come_back(actor: Actor, redemption: Redemption) -> None:
    offer = lock(db.session.get_one(Offer, redemption.offer_id))
    stock.put_back(offer, redemption.span, redemption.counted)
    assert redemption.hold_id is not None
    aside = db.session.get_one(Entry, redemption.hold_id)
    try:
        release(system(actor.now), aside, key=f"redemption:{redemption.id}:release")
    except books.Refused as refused:
        if refused.why is not BooksWhy.CLOSED:
            raise
        # the books' own clock was first: the points are back already


def _coded(actor: Actor, *, place_path: str, **said: Any) -> Redemption:
    """A redemption with digits of its own. Two people who draw the same at the same instant are told apart by the
    database, and the second draws again."""
    for left in reversed(range(DRAWS)):
        redemption = Redemption(place_path=place_path, code=_code(actor, place_path), **said)
        try:
            with db.session.begin_nested():
                store(redemption)
        except IntegrityError:
            if not left:
                raise
        else:
            return redemption
    raise AssertionError("draws are counted down to the last")


def _code(actor: Actor, place_path: str) -> str:
    """Six digits that nobody in the community had in the last day, so that an old picture is never somebody else's new
    code."""
    day_ago = actor.now - timedelta(days=1)
    while True:
        code = f"{secrets.randbelow(10**6):06d}"
        known = sa.select(Redemption.id).where(
            Redemption.place_path == place_path, Redemption.code == code, Redemption.created_at > day_ago
        )
        if db.session.scalar(known.limit(1)) is None:
            return code
