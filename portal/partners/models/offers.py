"""What can be had for points, and how much of it is left. The stock is guarded by the database itself: no statement
takes a piece that is not there."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import Every, Gift, OfferState


class Offer(Model):
    """One thing a merchant gives for points. Changed only forward: what was redeemed keeps what it was."""

    __tablename__ = "offer"

    id: Mapped[Id]
    merchant_id: Mapped[int] = mapped_column(sa.ForeignKey("partner_merchant.id"), index=True)
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """The merchant's, for the rules."""
    place_path: Mapped[PlacePath]
    state: Mapped[OfferState] = mapped_column(word(OfferState), default=OfferState.OPEN)
    kind: Mapped[Gift] = mapped_column(word(Gift))
    title: Mapped[str] = mapped_column(sa.String(40))
    about: Mapped[str] = mapped_column(sa.String(300))
    cost: Mapped[int]
    """Points."""
    left: Mapped[int | None]
    """Pieces that are still there; None: as many as are wanted."""
    stocked: Mapped[int | None]
    """Pieces that were ever put on the shelf: those that are there and those that were taken."""
    per_span: Mapped[int | None]
    """Pieces a day, week or month; None: no such limit."""
    span: Mapped[Every] = mapped_column(word(Every))
    each: Mapped[int | None]
    """Pieces a person may have in `each_span`; None: no such limit."""
    each_span: Mapped[Every] = mapped_column(word(Every))
    starts: Mapped[date]
    ends: Mapped[date | None]
    """The first day it can no longer be had."""
    version: Mapped[int] = mapped_column(default=0)
    once: Mapped[str] = mapped_column(sa.String(32))
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("made_by_id", "once"),
        sa.CheckConstraint("cost BETWEEN 1 AND 1000", name="cost"),
        sa.CheckConstraint('"left" >= 0', name="left"),
        sa.CheckConstraint("per_span > 0", name="per_span"),
        sa.CheckConstraint("each > 0", name="each"),
        sa.CheckConstraint("ends IS NULL OR starts < ends", name="term"),
        sa.Index("ix_offer_place", "place_path", "moved_at", "id"),
    )

    @property
    def story(self) -> str:
        return f"partner_merchant:{self.merchant_id}"


class OfferSpan(Model):
    """What was taken of an offer in one day, week or month."""

    __tablename__ = "offer_span"

    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("offer.id"), primary_key=True)
    starts: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    taken: Mapped[int]
    most: Mapped[int]
    """As many as there were when the last piece was taken."""

    __table_args__ = (sa.CheckConstraint("taken >= 0 AND taken <= most", name="taken"),)
