"""What was redeemed, and the PIN of those who have no phone."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import Desk, RedemptionState
from .merchants import PartnerMerchant


class Redemption(Model):
    """One piece of an offer for one person: what it was and cost is kept here, whatever the offer becomes."""

    __tablename__ = "redemption"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("offer.id"))
    merchant_id: Mapped[int] = mapped_column(sa.ForeignKey("partner_merchant.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    state: Mapped[RedemptionState] = mapped_column(word(RedemptionState), default=RedemptionState.HELD)
    title: Mapped[str] = mapped_column(sa.String(40))
    cost: Mapped[int]
    code: Mapped[str] = mapped_column(sa.String(6))
    """Six digits: of those who are waiting in a community each has another."""
    until: Mapped[datetime]
    """Not a state: from this instant on it is refused whatever the state says."""
    span: Mapped[date | None]
    """In which day, week or month its piece was counted."""
    counted: Mapped[bool]
    """Whether its piece was taken from the whole stock."""
    hold_id: Mapped[int | None] = mapped_column(sa.ForeignKey("points_entry.id"), unique=True)
    confirm_id: Mapped[int | None] = mapped_column(sa.ForeignKey("points_entry.id"), unique=True)
    asked_at: Mapped[datetime | None]
    """A counter has its digits and waits for his word."""
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    denied_at: Mapped[datetime | None]
    """He said that it is not he who stands there."""
    desk: Mapped[Desk | None] = mapped_column(word(Desk))
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    settled_at: Mapped[datetime | None]
    because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why it was put right."""
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]

    keeper_id: Mapped[int | None] = column_property(
        sa.select(PartnerMerchant.keeper_id)
        .where(PartnerMerchant.id == merchant_id)
        .correlate_except(PartnerMerchant)
        .scalar_subquery()
    )

    __table_args__ = (
        sa.UniqueConstraint("user_id", "once"),
        sa.CheckConstraint("(state IN ('used', 'reversed')) = (settled_at IS NOT NULL)", name="settled"),
        sa.Index(
            "uq_redemption_waiting",
            "place_path",
            "code",
            unique=True,
            sqlite_where=sa.text("state = 'held'"),
            postgresql_where=sa.text("state = 'held'"),
        ),
        sa.Index("ix_redemption_code", "place_path", "code", "id"),
        sa.Index("ix_redemption_mine", "user_id", "offer_id", "created_at"),
        sa.Index("ix_redemption_merchant", "merchant_id", "settled_at"),
        sa.Index("ix_redemption_due", "state", "until"),
        sa.Index("ix_redemption_offer", "offer_id"),
    )

    @property
    def story(self) -> str:
        return f"redemption:{self.id}"


class RedeemPin(Model):
    """With it somebody without a phone has things at the desk of the community. Kept as passwords are."""

    __tablename__ = "redeem_pin"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(sa.String(200))
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Staff who acted for him; they cannot use it."""
    at: Mapped[datetime]
