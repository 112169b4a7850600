"""How every head on the roll is reached."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import DeliveryWay


class Delivery(Model):
    """One attempt to reach a voter with the paper."""

    __tablename__ = "delivery"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), index=True)
    place_path: Mapped[PlacePath]
    way: Mapped[DeliveryWay] = mapped_column(word(DeliveryWay))
    warned: Mapped[bool]
    """The paper said what silence means."""
    witness_one: Mapped[str] = mapped_column(sa.String(60), default="")
    witness_two: Mapped[str] = mapped_column(sa.String(60), default="")
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    posting_id: Mapped[int | None] = mapped_column(sa.ForeignKey("vote_posting.id"))
    """Of a paper that reached nobody: the posting that hangs out instead."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (
        sa.UniqueConstraint("by_id", "once", "voter_id"),
        sa.Index("ix_delivery_vote", "vote_id", "voter_id"),
    )


class DoorVisit(Model):
    """A building of the vote that somebody goes round."""

    __tablename__ = "door_visit"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    building: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    visitor_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    assigned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
