"""Who counted, and what is certified."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core import clock
from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import Counter


class TallySheet(Model):
    """The printed record of a count with signatures on it, photographed; also of a count that was made anew since."""

    __tablename__ = "tally_sheet"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    place_path: Mapped[PlacePath]
    names: Mapped[str] = mapped_column(sa.String(400))
    """Who signed on it, joined by 、."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


class Scrutineer(Model):
    """Who counts or watches the count, and when he signed."""

    __tablename__ = "scrutineer"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    place_path: Mapped[PlacePath]
    role: Mapped[Counter] = mapped_column(word(Counter))
    name: Mapped[str] = mapped_column(sa.String(60))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """His account; without one he signs on the printed record."""
    named_at: Mapped[datetime] = mapped_column(default=clock.now)
    signed_at: Mapped[datetime | None]
    sheet_id: Mapped[int | None] = mapped_column(sa.ForeignKey("tally_sheet.id"))
    """The photographed record that his signature is on; none: he signed with his account."""

    __table_args__ = (sa.UniqueConstraint("vote_id", "name"),)


class Certificate(Model):
    """What was counted, from which files, by whom it is stated."""

    __tablename__ = "vote_certificate"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    roll_hash: Mapped[str] = mapped_column(sa.String(64))
    count_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the count file (canonical JSON)."""
    sums_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the file of totals, which everybody may have."""
    ballots: Mapped[int]
    certified_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
