"""The market day as pages and calendars read it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access, clock
from ...core.actor import Actor
from ...core.db import db, read
from ...core.ical import Entry
from ..models import Market, MarketOff, MarketStall, PartnerMerchant
from ..rules import market_day
from ..words import MerchantState

AHEAD = 6


class Day(NamedTuple):
    """One market day, with the reason if it is left out."""

    day: date
    because: str


def market_of(place_path: str) -> Market | None:
    """Of the community that a place lies in; None where there is none."""
    community = "/" + place_path.strip("/").split("/")[0] + "/"
    return db.session.scalar(sa.select(Market).where(Market.place_path == community))


def market_for(actor: Actor) -> Market | None:
    """Of the actor's community (of the only community, for a visitor who chose none)."""
    return db.session.scalar(sa.select(Market).where(access.rows(actor, Market)).order_by(Market.id).limit(1))


def days(market: Market, today: date) -> list[Day]:
    """The market days of half a year to come."""
    ahead = [market_day(today)]
    while len(ahead) < AHEAD:
        ahead.append(market_day(ahead[-1] + timedelta(1)))
    wanted = sa.select(MarketOff.day, MarketOff.because).where(
        MarketOff.market_id == market.id, MarketOff.day >= ahead[0]
    )
    off = {row[0]: row[1] for row in read(wanted)}
    return [Day(day, off.get(day, "")) for day in ahead]


def stalls(place_path: str, day: date) -> Sequence[Any]:
    wanted = (
        sa.select(PartnerMerchant.id, PartnerMerchant.name, PartnerMerchant.trade, MarketStall.brings)
        .join(PartnerMerchant, PartnerMerchant.id == MarketStall.merchant_id)
        .where(MarketStall.day == day, PartnerMerchant.place_path == place_path)
    )
    return read(wanted.order_by(MarketStall.at, PartnerMerchant.id))


def kept_by(place_path: str, user_id: int | None, staff: bool, day: date) -> Sequence[Any]:
    """The shops that somebody may bring on a day: his own, or for staff those that nobody keeps."""
    if user_id is None:
        return []
    own = PartnerMerchant.keeper_id == user_id
    whose = sa.or_(own, PartnerMerchant.keeper_id.is_(None)) if staff else own
    wanted = sa.select(PartnerMerchant.id, PartnerMerchant.name).where(
        PartnerMerchant.place_path == place_path,
        PartnerMerchant.state == MerchantState.PARTNER,
        PartnerMerchant.starts <= day,
        PartnerMerchant.ends > day,
        whose,
    )
    return read(wanted.order_by(PartnerMerchant.name, PartnerMerchant.id))


def entries(market: Market, title: str, today: date) -> list[Entry]:
    """For calendars (`core.diary`): half a year of days, those left out as cancelled."""
    return [
        Entry(
            uid=f"market-{market.id}-{d.day:%Y%m%d}",
            starts_at=clock.at(d.day) + timedelta(minutes=market.begins),
            ends_at=clock.at(d.day) + timedelta(minutes=market.ends),
            changed=market.set_at,
            title=title,
            place=market.venue,
            text=d.because or market.about,
            address="/market",
            cancelled=bool(d.because),
        )
        for d in days(market, today)
    ]
