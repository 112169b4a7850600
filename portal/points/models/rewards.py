"""Rewards in kind: a fund with a table of amounts, and what was proposed, approved and paid from it. The portal keeps
the record; whoever pays does so elsewhere and hands in the receipt."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, Money, PlacePath
from ...core.db import Model


class Fund(Model):
    """A sum that is there for rewards, and no more than that is ever approved."""

    __tablename__ = "reward_fund"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    name: Mapped[str] = mapped_column(sa.String(60))
    source: Mapped[str] = mapped_column(sa.String(200))
    """Whose money it is, and by which decision."""
    budget: Mapped[Money]
    opened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    opened_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("place_path", "name"),
        sa.CheckConstraint("budget > 0", name="budget"),
    )


class Rate(Model):
    """One line of the table: what a kind of report brings."""

    __tablename__ = "reward_rate"

    id: Mapped[Id]
    fund_id: Mapped[int] = mapped_column(sa.ForeignKey("reward_fund.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(40))
    amount: Mapped[Money]

    __table_args__ = (
        sa.UniqueConstraint("fund_id", "title"),
        sa.CheckConstraint("amount > 0", name="amount"),
    )


class Reward(Model):
    """One person's reward: proposed by one, approved by another, paid elsewhere and receipted."""

    __tablename__ = "reward"

    id: Mapped[Id]
    fund_id: Mapped[int] = mapped_column(sa.ForeignKey("reward_fund.id"), index=True)
    place_path: Mapped[PlacePath]
    title: Mapped[str] = mapped_column(sa.String(40))
    """The line of the table as it was then, like the amount."""
    amount: Mapped[Money]
    payee: Mapped[str] = mapped_column(sa.String(60))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    what: Mapped[str] = mapped_column(sa.String(300))
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    proposed_at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))
    approved: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(sa.String(300), default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    paid_on: Mapped[date | None]
    receipt: Mapped[str] = mapped_column(sa.String(60), default="")
    """The number of the receipt that the payee signed."""

    __table_args__ = (sa.UniqueConstraint("proposed_by_id", "once"),)

    @property
    def story(self) -> str:
        return f"reward_fund:{self.fund_id}"
