"""The frozen roll: heads, their units, and who may speak for a head."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Area, Id, PlacePath, word
from ...core.db import Model
from ..words import Capacity, Standing, VoterKind


class Voter(Model):
    """One head on the roll, as it stood when the roll was made: a set of owners with all their units in the scope."""

    __tablename__ = "voter"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    number: Mapped[int]
    """Of the paper (票号), from 1 in the order of house numbers; who comes in while people vote, after all of them."""
    place_path: Mapped[PlacePath]
    """Of the first of its units."""
    owner_set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owner_set.id"))
    kind: Mapped[VoterKind] = mapped_column(word(VoterKind))
    name: Mapped[str] = mapped_column(sa.String(200))
    """The owners as the register had them, joined by 、. Personal data: shown to himself, staff and on his paper."""
    label: Mapped[str] = mapped_column(sa.String(120))
    """Door plate of the first unit."""
    building: Mapped[str] = mapped_column(sa.String(60))
    area: Mapped[Area]
    units: Mapped[int]
    """0: all of them went to other owners while people voted (`RollChange`); he is on the roll no more."""

    __table_args__ = (
        sa.UniqueConstraint("vote_id", "number"),
        sa.Index("ix_voter_place", "place_path"),
    )


class RollUnit(Model):
    """A unit on the roll and the head it stands under."""

    __tablename__ = "roll_unit"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    place_path: Mapped[PlacePath]
    label: Mapped[str] = mapped_column(sa.String(120))
    building: Mapped[str] = mapped_column(sa.String(60))
    use: Mapped[str] = mapped_column(sa.String(20))
    delivery: Mapped[str] = mapped_column(sa.String(20))
    """delivered, undelivered, unsold."""
    area: Mapped[Area]
    area_source: Mapped[str] = mapped_column(sa.String(20))

    __table_args__ = (sa.UniqueConstraint("vote_id", "unit_id"),)


class Speaker(Model):
    """A person who may speak for a voter: an owner, one of the co-owners, a guardian, whom an organisation sends."""

    __tablename__ = "speaker"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), index=True)
    place_path: Mapped[PlacePath]
    """Of the voter."""
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owner.id"))
    for_owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owner.id"))
    """Of a guardian and of whom an organisation sends: the one owner he speaks for, never all of them."""
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """His account, if he has one that is recognised as this owner."""
    name: Mapped[str] = mapped_column(sa.String(80))
    capacity: Mapped[Capacity] = mapped_column(word(Capacity))
    designated: Mapped[bool] = mapped_column(default=False)
    """The co-owners settled that he speaks for all of them."""
    proposed: Mapped[bool] = mapped_column(default=False)
    """Staff entered that the co-owners settled this otherwise (on him, or on him no more); it waits for a second
    person."""
    proposed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    denied_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """A co-owner who said that they never settled it so: from then on only he can say that they did."""
    standing: Mapped[Standing] = mapped_column(word(Standing), default=Standing.STANDS)
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who of staff named him; none of an owner, who stands by the register."""
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """The second person, who compared him with the letter."""
    objected_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """An owner of the head who said that this is wrong, and why."""
    objection: Mapped[str] = mapped_column(sa.String(300), default="")
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decision: Mapped[str] = mapped_column(sa.String(300), default="")

    __table_args__ = (
        sa.UniqueConstraint("voter_id", "owner_id"),
        sa.UniqueConstraint("voter_id", "user_id"),
        sa.Index("ix_speaker_user", "user_id", "vote_id"),
    )


def stands(speaker: Any) -> sa.ColumnElement[bool]:
    """Of speakers under any alias: who was named at the desk and not looked at by a second person, or is objected to,
    speaks for nobody."""
    condition: sa.ColumnElement[bool] = speaker.standing == Standing.STANDS
    return condition


STANDS = stands(Speaker)
ORGANISATIONS = (VoterKind.COMPANY, VoterKind.DEVELOPER)
"""Owners who send somebody."""


class RollVersion(Model):
    """One version of the roll as it was hung out: its file to the letter, so that the digest on an old posting can be
    proved when later versions have long gone over its rows. Written once."""

    __tablename__ = "roll_version"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the file."""
    file: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.String(600))
    """Why it was made; "" of the first."""
    at: Mapped[datetime]


class UnknownOwner(Model):
    """A unit that the register knows no owner of, and why it stands on the roll all the same: it stays in what is
    divided by, and nobody answers for it."""

    __tablename__ = "unknown_owner"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(sa.String(600))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


class RollChange(Model):
    """A unit that went to other owners between the notice and the close, with a file that proves it. The last version
    of the roll has it; where the former owner had voted, his ballot stands and the roll stays as it is."""

    __tablename__ = "roll_change"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    place_path: Mapped[PlacePath]
    """Of the unit."""
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"))
    """Under whom it stood."""
    new_voter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("voter.id"))
    """Under whom it stands now; none: the ballot of the former owner stands."""
    former: Mapped[str] = mapped_column(sa.String(200))
    owners: Mapped[str] = mapped_column(sa.String(200))
    """Names as they were on that day, joined by 、. Personal data, for staff and the evidence."""
    version: Mapped[int | None]
    """Of the roll that it made."""
    reason: Mapped[str] = mapped_column(sa.String(600))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
