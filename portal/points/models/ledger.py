"""The ledger: accounts, entries with their two lines, and lots. What has been entered is never changed: the
database itself refuses it, as it refuses a line that does not follow from its entry (`triggers.py`)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ...core.kept import keep
from ..triggers import attach
from ..words import MOST, Deed, Kind, Owner


class Account(Model):
    """Holds points. What it holds is the balance of its last line, and that is the sum of all of them."""

    __tablename__ = "points_account"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    """Of the community: points of one are nothing in another."""
    kind: Mapped[Owner] = mapped_column(word(Owner))
    key: Mapped[str] = mapped_column(sa.String(64))
    """`person:5`, `merchant:3`: one of each in a community."""
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """Of a person's own and of what is held for him."""

    __table_args__ = (sa.UniqueConstraint("place_path", "key"),)

    @property
    def story(self) -> str:
        return f"user:{self.user_id}" if self.user_id else f"points_account:{self.id}"


class Entry(Model):
    """So many points from one account to another, for good. What undoes it is another entry."""

    __tablename__ = "points_entry"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    kind: Mapped[Kind] = mapped_column(word(Kind))
    key: Mapped[str] = mapped_column(sa.String(120))
    """The operation: asked for twice, it is entered once."""
    at: Mapped[datetime]
    day: Mapped[date]
    amount: Mapped[int]
    giver_id: Mapped[int] = mapped_column(sa.ForeignKey("points_account.id"))
    taker_id: Mapped[int] = mapped_column(sa.ForeignKey("points_account.id"))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Whose points they are."""
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """None: the portal."""
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    deed: Mapped[Deed | None] = mapped_column(word(Deed))
    rule_id: Mapped[int | None] = mapped_column(sa.ForeignKey("points_rule.id"))
    source: Mapped[str] = mapped_column(sa.String(64))
    """What it comes from: `meeting:12`, `offer:3`."""
    note: Mapped[str] = mapped_column(sa.String(300))
    team: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    """With whom it was earned: `volunteer_team:3`. That team shows it too; the points are the person's alone."""
    closes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("points_entry.id"), unique=True)
    """The hold that this confirms or releases, or the entry that it reverses: either happens once."""
    mends_id: Mapped[int | None] = mapped_column(sa.ForeignKey("points_entry.id"), index=True)
    """Of what takes back a part: what was earned too much."""
    until: Mapped[datetime | None]
    """Of a hold: the hour after which it is released."""

    __table_args__ = (
        sa.UniqueConstraint("place_path", "key"),
        sa.CheckConstraint(f"amount BETWEEN 1 AND {MOST}", name="amount"),
        sa.CheckConstraint("giver_id <> taker_id", name="two_accounts"),
        sa.Index("ix_points_entry_user", "user_id", "day"),
        sa.Index("ix_points_entry_place", "place_path", "day"),
    )

    @property
    def story(self) -> str:
        return f"user:{self.user_id}" if self.user_id else f"points_entry:{self.id}"


class Line(Model):
    """One side of an entry: what it did to an account, and what that held afterwards."""

    __tablename__ = "points_line"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("points_account.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3 …: two entries cannot both be the next of an account."""
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("points_entry.id"))
    amount: Mapped[int]
    balance: Mapped[int] = mapped_column(sa.BigInteger)

    __table_args__ = (
        sa.UniqueConstraint("entry_id", "account_id"),
        sa.CheckConstraint("amount <> 0", name="amount"),
        sa.CheckConstraint("seq > 0", name="seq"),
    )


class Lot(Model):
    """What came in at once. `left` is what its moves leave, kept beside them so that the database can refuse a lot of
    which more is used than there was."""

    __tablename__ = "points_lot"

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("points_account.id"))
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("points_entry.id"), unique=True)
    """What was earned."""
    amount: Mapped[int]
    left: Mapped[int]
    expires_on: Mapped[date | None] = mapped_column(index=True)
    """The first day it may no longer be used."""
    warned_at: Mapped[datetime | None]
    """When he was told that it lapses soon."""

    __table_args__ = (
        sa.CheckConstraint('"left" >= 0 AND "left" <= amount', name="left"),
        sa.Index("ix_points_lot_left", "account_id", "left"),
    )


class LotMove(Model):
    """What an entry took from a lot (below nothing) or gave back to it."""

    __tablename__ = "points_lot_move"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("points_entry.id"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("points_lot.id"), primary_key=True, index=True)
    amount: Mapped[int]

    __table_args__ = (sa.CheckConstraint("amount <> 0", name="amount"),)


keep(Entry, Line, LotMove)
attach(Entry.metadata)
