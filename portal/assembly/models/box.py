"""The ballot box. Choices are read by the voter, the count and the scrutineers, nobody else (see `policy`)."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Area, Id, word
from ...core.db import Model
from ..words import Channel, Medium

TOGETHER = 0
"""In the place of a speaker: all owners of the head on one paper, or an agent."""


class OwnerBallot(Model):
    """What one speaker said for a voter by one medium, or one agent with one letter. Online he may change it until the
    close; of papers there may be several. Which ballots count is the count's to say; none is ever deleted."""

    __tablename__ = "owner_ballot"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), primary_key=True)
    speaker_id: Mapped[int] = mapped_column(primary_key=True)
    """0: all owners together, on one paper."""
    medium: Mapped[Medium] = mapped_column(word(Medium), primary_key=True)
    proxy_id: Mapped[int] = mapped_column(primary_key=True, default=0)
    """The letter of authority it was given with, each with a place of its own: an owner may send several agents, for
    different matters. 0: none."""
    nth: Mapped[int] = mapped_column(primary_key=True, default=0)
    """0: the first of its kind; more for each further paper of the voter, in the order they were read in."""
    choices: Mapped[str] = mapped_column(sa.String(1000))
    """One word a matter in the order of the paper, with commas: for,against,abstain, or the candidates of an election,
    c1+c3; "" where nothing is marked."""
    channel: Mapped[Channel] = mapped_column(word(Channel))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    kin: Mapped[str] = mapped_column(sa.String(16), default="")
    """What whoever gave it for him is to him, where family did (`accounts.Kinship`); "" else."""
    seen_at: Mapped[datetime | None]
    """When he himself said that he has seen what family or staff put in for him."""
    at: Mapped[datetime]
    """When it was given: of the last change online, of receipt on paper."""
    first_at: Mapped[datetime | None]
    """Online: when it was given before any change."""
    receipt: Mapped[str] = mapped_column(sa.String(9))
    once: Mapped[str] = mapped_column(sa.String(32))
    changes: Mapped[int] = mapped_column(default=0)

    __table_args__ = (sa.UniqueConstraint("vote_id", "receipt"),)


class Turnout(Model):
    """How many heads and how much area have given a ballot, by building and channel; never how. Its own rows, last in
    the transaction of a ballot."""

    __tablename__ = "owners_turnout"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    building: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    channel: Mapped[Channel] = mapped_column(word(Channel), primary_key=True)
    heads: Mapped[int] = mapped_column(default=0)
    area: Mapped[Area] = mapped_column(default=0)


class OfficialImport(Model):
    """A result file of the housing authority's own system that was taken into the box, with the rows refused. The
    file itself is kept by its digest."""

    __tablename__ = "official_import"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the file."""
    stated: Mapped[str] = mapped_column(sa.String(64), default="")
    """The figure that the authority gave for its file, which was the same; "" where it gave none."""
    rows: Mapped[int]
    """Rows taken."""
    ballots: Mapped[int]
    refused: Mapped[list[Any]] = mapped_column(sa.JSON)
    """[row of the file, word of `official.checking.Why`] of every row that was not taken."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("vote_id", "digest"),)
