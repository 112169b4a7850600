"""What stands around the ledger: grants by two people, who is kin to whom, appeals, the board, the monthly sample."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import Deed


class Grant(Model):
    """Points that one member of staff asks for, with evidence, and another one gives or refuses: all of its shares or
    none."""

    __tablename__ = "points_grant"

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("points_programme.id"), index=True)
    place_path: Mapped[PlacePath]
    deed: Mapped[Deed] = mapped_column(word(Deed))
    reason: Mapped[str] = mapped_column(sa.String(600))
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))
    given: Mapped[bool | None]
    """None: nobody has decided."""
    answer: Mapped[str] = mapped_column(sa.String(300), default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]

    __table_args__ = (sa.UniqueConstraint("asked_by_id", "once"),)

    @property
    def story(self) -> str:
        return f"points_grant:{self.id}"


class Share(Model):
    """So many points of a grant for one person."""

    __tablename__ = "points_share"

    grant_id: Mapped[int] = mapped_column(sa.ForeignKey("points_grant.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True, index=True)
    amount: Mapped[int]

    __table_args__ = (sa.CheckConstraint("amount > 0", name="amount"),)


class Kin(Model):
    """Two people of whom staff know that they are related; who shares a home or acts as family counts anyway."""

    __tablename__ = "points_kin"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    relative_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    declared_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    declared_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("user_id", "relative_id"),
        sa.CheckConstraint("user_id < relative_id", name="once"),
    )


class Appeal(Model):
    """Somebody says that an entry of his is wrong; staff answer with a reason."""

    __tablename__ = "points_appeal"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("points_entry.id"), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(sa.String(600))
    asked_at: Mapped[datetime]
    answer_by: Mapped[datetime]
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(sa.String(600), default="")
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]

    @property
    def story(self) -> str:
        return f"user:{self.user_id}"


class BoardSeat(Model):
    """Somebody who wants to be on the board, under a nickname of his choice."""

    __tablename__ = "points_board_seat"

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("points_programme.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    nickname: Mapped[str] = mapped_column(sa.String(20))
    joined_at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("programme_id", "nickname"),)


class Sample(Model):
    """An entry that was drawn to be looked at again, and what was found."""

    __tablename__ = "points_sample"

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("points_programme.id"))
    place_path: Mapped[PlacePath]
    month: Mapped[date]
    """The first day of the month the entry is of."""
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("points_entry.id"), unique=True)
    drawn_at: Mapped[datetime]
    seed: Mapped[str] = mapped_column(sa.String(32))
    """By chance, after the month was over, and hung out: with the numbers of the month's entries one draws again."""
    sound: Mapped[bool | None]
    finding: Mapped[str] = mapped_column(sa.String(300), default="")
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    checked_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_points_sample_month", "programme_id", "month"),)

    @property
    def story(self) -> str:
        return f"points_programme:{self.programme_id}"
