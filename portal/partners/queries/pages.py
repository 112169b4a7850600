"""What the pages read: rows of columns, each in one statement."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...core import clock
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.db import read
from ...points.queries.accounts import usable, wallet_of
from ..models import Agreement, MerchantVisit, Offer, PartnerMerchant, Redemption
from ..rules import next_month
from ..words import MerchantState, RedemptionState

MOST, MOST_IN_MONTH = 50, 1_000


def points_of(actor: Actor) -> int | None:
    """What somebody can use in his community; None for a visitor."""
    if actor.id is None:
        return None
    wallet = wallet_of(actor.community, actor.id)
    return usable(wallet, actor.today) if wallet else 0


def codes_of(actor: Actor) -> Sequence[Any]:
    """What somebody redeemed, the latest first."""
    wanted = (
        sa.select(
            Redemption.id,
            Redemption.title,
            Redemption.cost,
            Redemption.state,
            Redemption.until,
            Redemption.created_at,
            PartnerMerchant.name.label("shop"),
        )
        .join(PartnerMerchant, PartnerMerchant.id == Redemption.merchant_id)
        .where(Redemption.user_id == actor.id)
        .order_by(Redemption.id.desc())
        .limit(MOST)
    )
    return read(wanted)


def waiting_of(actor: Actor) -> Sequence[Any]:
    """Codes that wait for somebody now."""
    return [c for c in codes_of(actor) if waits(c, actor)] if actor.id else []


def waits(redemption: Any, actor: Actor) -> bool:
    return bool(redemption.state == RedemptionState.HELD and actor.now < redemption.until)


class Kept(NamedTuple):
    """A shop as far as its keeper's way to the counter needs it."""

    id: int
    name: str
    state: str
    keeper_id: int
    place_path: str


def kept_shops(keeper: Any) -> Rows:
    """The shops of a keeper (an account's number, or a parameter for it) that are or may again be partners."""
    columns = [getattr(PartnerMerchant, name) for name in Kept._fields]
    wanted = sa.select(*columns).where(
        PartnerMerchant.keeper_id == keeper,
        PartnerMerchant.state.in_((MerchantState.PARTNER, MerchantState.SUSPENDED)),
    )
    return wanted.order_by(PartnerMerchant.id).limit(MOST)


def offers_of(merchant_id: int) -> Sequence[Any]:
    wanted = sa.select(Offer.id, Offer.title, Offer.cost, Offer.state, Offer.left)
    return read(wanted.where(Offer.merchant_id == merchant_id).order_by(Offer.state, Offer.id).limit(MOST))


def stands(redemption: Any) -> str:
    """How a code stands, for the page that asks again by itself: its state, or that a counter waits for a nod."""
    asked = redemption.state == RedemptionState.HELD and redemption.asked_at is not None
    return "asked" if asked else str(redemption.state)


def asked_of(merchant_id: int, now: datetime) -> Sequence[Any]:
    """Codes that a counter waits for, or whose owner has said that it is not he; names as in `settled_on`."""
    wanted = (
        sa.select(
            Redemption.id, Redemption.title, Redemption.cost, Redemption.asked_at, User.nickname, User.name
        )
        .join(User, User.id == Redemption.user_id)
        .where(
            Redemption.merchant_id == merchant_id,
            Redemption.state == RedemptionState.HELD,
            Redemption.until > now,
            sa.or_(Redemption.asked_at.is_not(None), Redemption.denied_at.is_not(None)),
        )
        .order_by(Redemption.id.desc())
        .limit(MOST)
    )
    return read(wanted)


def settled_on(merchant_id: int, day: date) -> Sequence[Any]:
    """What was handed over at a merchant's on a day: nickname and offer, nothing else of anybody; the page masks
    the name of who has none."""
    wanted = (
        sa.select(
            Redemption.id, Redemption.title, Redemption.cost, Redemption.settled_at, User.nickname, User.name
        )
        .join(User, User.id == Redemption.user_id)
        .where(
            Redemption.merchant_id == merchant_id,
            Redemption.state == RedemptionState.USED,
            Redemption.settled_at >= clock.at(day),
        )
        .order_by(Redemption.settled_at.desc())
        .limit(200)
    )
    return read(wanted)


def history_of(merchant_id: int, month: date) -> Sequence[Any]:
    """What was handed over at a merchant's in a month, and what of it was put right; names as in `settled_on`."""
    wanted = (
        sa.select(
            Redemption.id,
            Redemption.title,
            Redemption.cost,
            Redemption.state,
            Redemption.desk,
            Redemption.settled_at,
            User.nickname,
            User.name,
        )
        .join(User, User.id == Redemption.user_id)
        .where(
            Redemption.merchant_id == merchant_id,
            Redemption.settled_at >= clock.at(month),
            Redemption.settled_at < clock.at(next_month(month)),
        )
        .order_by(Redemption.settled_at.desc(), Redemption.id.desc())
        .limit(MOST_IN_MONTH)
    )
    return read(wanted)


def visits_of(merchant_id: int) -> Sequence[Any]:
    wanted = sa.select(MerchantVisit.id, MerchantVisit.day, MerchantVisit.note)
    return read(
        wanted.where(MerchantVisit.merchant_id == merchant_id).order_by(MerchantVisit.id.desc()).limit(MOST)
    )


def agreements_of(merchant_id: int) -> Sequence[Any]:
    wanted = sa.select(Agreement.id, Agreement.starts, Agreement.ends, Agreement.payer)
    return read(wanted.where(Agreement.merchant_id == merchant_id).order_by(Agreement.id.desc()).limit(MOST))
