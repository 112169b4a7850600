"""The programme of a community: its pools with their budgets, and the table of what earns points."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import Approver, Deed, Evidence, Per


class Programme(Model):
    """A community gives points from the day it opened its programme; before that nothing earns any."""

    __tablename__ = "points_programme"

    id: Mapped[Id]
    place_path: Mapped[PlacePath] = mapped_column(unique=True)
    months: Mapped[int]
    """How long points can be used; 0: for ever."""
    month_cap: Mapped[int]
    """What a person can earn in a month, of everything together."""
    opened_at: Mapped[datetime]

    __table_args__ = (
        sa.CheckConstraint("months BETWEEN 0 AND 120", name="months"),
        sa.CheckConstraint("month_cap > 0", name="month_cap"),
    )


class Pool(Model):
    """Where points come from: what staff issued to it and nobody earned yet is its budget."""

    __tablename__ = "points_pool"

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("points_programme.id"), index=True)
    place_path: Mapped[PlacePath]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("points_account.id"), unique=True)
    name: Mapped[str] = mapped_column(sa.String(40))

    __table_args__ = (sa.UniqueConstraint("programme_id", "name"),)

    @property
    def story(self) -> str:
        return f"points_programme:{self.programme_id}"


class Rule(Model):
    """One version of one row of the table, from a day on: never changed, the next takes its place."""

    __tablename__ = "points_rule"

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("points_programme.id"))
    place_path: Mapped[PlacePath]
    deed: Mapped[Deed] = mapped_column(word(Deed))
    points: Mapped[int]
    per: Mapped[Per] = mapped_column(word(Per))
    once_cap: Mapped[int | None]
    """At most, for one thing: two of an activity however long it was."""
    day_cap: Mapped[int | None]
    month_cap: Mapped[int | None]
    year_cap: Mapped[int | None]
    approver: Mapped[Approver] = mapped_column(word(Approver))
    evidence: Mapped[Evidence] = mapped_column(word(Evidence))
    active: Mapped[bool]
    pool_id: Mapped[int] = mapped_column(sa.ForeignKey("points_pool.id"))
    starts: Mapped[date]
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    set_at: Mapped[datetime]

    __table_args__ = (
        sa.Index("ix_points_rule_deed", "programme_id", "deed", "starts"),
        sa.CheckConstraint("points BETWEEN 1 AND 1000", name="points"),
    )

    @property
    def story(self) -> str:
        return f"points_programme:{self.programme_id}"
