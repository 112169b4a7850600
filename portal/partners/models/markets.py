"""The market day of a community: set once for every month, left out in a month with a reason, and who has a stall."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath
from ...core.db import Model


class Market(Model):
    """On the 19th of every month, from so many minutes after midnight until so many."""

    __tablename__ = "market"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(unique=True)
    venue: Mapped[str] = mapped_column(sa.String(80))
    begins: Mapped[int]
    ends: Mapped[int]
    about: Mapped[str] = mapped_column(sa.String(600))
    set_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    set_at: Mapped[datetime]

    __table_args__ = (sa.CheckConstraint("0 <= begins AND begins < ends AND ends < 1440", name="hours"),)


class MarketOff(Model):
    """A month's market day that is left out."""

    __tablename__ = "market_off"

    market_id: Mapped[int] = mapped_column(sa.ForeignKey("market.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    because: Mapped[str] = mapped_column(sa.String(300))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


class MarketStall(Model):
    """A merchant that will be there on a day, and what it brings."""

    __tablename__ = "market_stall"

    merchant_id: Mapped[int] = mapped_column(sa.ForeignKey("partner_merchant.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    brings: Mapped[str] = mapped_column(sa.String(120))
    at: Mapped[datetime]
