"""What was redeemed at a merchant's in a month, drawn up from the books and signed by both sides. Lines are added and
never changed; no line knows what it would be in yuan."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import StatementState


class Statement(Model):
    """One merchant's calendar month. What it comes to is the sum of its lines."""

    __tablename__ = "merchant_statement"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    merchant_id: Mapped[int] = mapped_column(sa.ForeignKey("partner_merchant.id"))
    keeper_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """The merchant's, for the rules."""
    state: Mapped[StatementState] = mapped_column(word(StatementState), default=StatementState.DRAWN)
    month: Mapped[date]
    """Its first day."""
    drawn_at: Mapped[datetime]
    until: Mapped[datetime]
    """Until then the merchant may say that it is wrong; put off when a line is added."""
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who signed for the merchant: its keeper, or who of the staff took the paper that was signed."""
    agreed_at: Mapped[datetime | None]
    paper: Mapped[str] = mapped_column(sa.String(40), default="")
    """Whose name stands on that paper."""
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who signed for the community: never the same person."""
    settled_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("merchant_id", "month"),
        sa.CheckConstraint("settled_by_id <> agreed_by_id", name="two_people"),
        sa.CheckConstraint("(state IN ('agreed', 'settled')) = (agreed_at IS NOT NULL)", name="agreed"),
        sa.CheckConstraint("(state = 'settled') = (settled_at IS NOT NULL)", name="settled"),
        sa.Index("ix_merchant_statement_place", "place_path", "month", "id"),
    )

    @property
    def story(self) -> str:
        return f"partner_merchant:{self.merchant_id}"


class StatementLine(Model):
    """An entry of the books, which stands on one statement and no other, or pieces that were forgotten or counted too
    often, entered by hand: those move no points."""

    __tablename__ = "merchant_statement_line"

    id: Mapped[Id]
    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("merchant_statement.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(sa.ForeignKey("points_entry.id"), unique=True)
    redemption_id: Mapped[int | None] = mapped_column(sa.ForeignKey("redemption.id"))
    title: Mapped[str] = mapped_column(sa.String(40))
    pieces: Mapped[int]
    points: Mapped[int]
    """What the entry did to the merchant's account."""
    because: Mapped[str] = mapped_column(sa.String(300), default="")
    """Of a correction: why. Else ""."""
    by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who entered it by hand."""
    once: Mapped[str | None] = mapped_column(sa.String(32))
    at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("by_id", "once"),
        sa.CheckConstraint("pieces <> 0", name="pieces"),
        sa.CheckConstraint("entry_id IS NOT NULL OR (points = 0 AND by_id IS NOT NULL)", name="by_hand"),
        sa.CheckConstraint("(pieces > 0 AND entry_id IS NOT NULL) OR because <> ''", name="because"),
    )


class StatementDispute(Model):
    """The merchant says that a statement is wrong, and what the community answered."""

    __tablename__ = "merchant_statement_dispute"

    id: Mapped[Id]
    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("merchant_statement.id"), index=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.String(600))
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(sa.String(600), default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
