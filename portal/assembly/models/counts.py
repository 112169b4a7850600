"""Who counted, and what is certified."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import Counter


class Scrutineer(Model):
    """Who counts or watches the count, and when he signed."""

    __tablename__ = "scrutineer"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    place_path: Mapped[PlacePath]
    role: Mapped[Counter] = mapped_column(word(Counter))
    name: Mapped[str] = mapped_column(sa.String(60))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """His account; without one he signs on paper and staff note it."""
    signed_at: Mapped[datetime | None]

    __table_args__ = (sa.UniqueConstraint("vote_id", "name"),)


class Certificate(Model):
    """What was counted, from which files, by whom it is stated."""

    __tablename__ = "vote_certificate"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    roll_hash: Mapped[str] = mapped_column(sa.String(64))
    count_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the count file (canonical JSON)."""
    ballots: Mapped[int]
    certified_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
