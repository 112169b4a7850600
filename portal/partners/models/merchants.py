"""Shops, visits to them, and agreements with them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import MerchantState, Payer, Trade


class PartnerMerchant(Model):
    """A shop that applied, by itself or through staff. It gives something for points while its agreement runs."""

    __tablename__ = "partner_merchant"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    """Of the community."""
    state: Mapped[MerchantState] = mapped_column(word(MerchantState), default=MerchantState.APPLIED)
    name: Mapped[str] = mapped_column(sa.String(40))
    trade: Mapped[Trade] = mapped_column(word(Trade))
    address: Mapped[str] = mapped_column(sa.String(80))
    hours: Mapped[str] = mapped_column(sa.String(80))
    about: Mapped[str] = mapped_column(sa.String(600))
    gives: Mapped[str] = mapped_column(sa.String(600))
    """What it can offer, a line each (服务清单)."""
    needs: Mapped[str] = mapped_column(sa.String(600))
    """What it needs, a line each (资源清单)."""
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """Who stands at its desk; None: staff enter for it."""
    entered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    starts: Mapped[date | None]
    ends: Mapped[date | None]
    """The term that runs or comes, half-open: beside the agreements, since every list asks for it."""
    because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it was declined, suspended or ended."""
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("entered_by_id", "once"),
        sa.CheckConstraint("ends IS NULL OR starts < ends", name="term"),
        sa.Index("ix_partner_merchant_place", "place_path", "moved_at", "id"),
    )

    def runs(self, day: date) -> bool:
        """Whether it is a partner on a day: by its state and by the clock."""
        if self.state is not MerchantState.PARTNER or self.starts is None or self.ends is None:
            return False
        return self.starts <= day < self.ends


class MerchantVisit(Model):
    """Staff went there and looked."""

    __tablename__ = "merchant_visit"

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(sa.ForeignKey("partner_merchant.id"), index=True)
    day: Mapped[date]
    note: Mapped[str] = mapped_column(sa.String(600))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("by_id", "once"),)


class Agreement(Model):
    """For how long, and who bears what is given. Never changed; another one follows."""

    __tablename__ = "merchant_agreement"

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(sa.ForeignKey("partner_merchant.id"), index=True)
    starts: Mapped[date]
    ends: Mapped[date]
    """The first day it runs no longer."""
    payer: Mapped[Payer] = mapped_column(word(Payer))
    signed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    """For the community."""
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("signed_by_id", "once"),
        sa.CheckConstraint("starts < ends", name="term"),
    )
