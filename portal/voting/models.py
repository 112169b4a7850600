"""Polls, their frozen roll, and ballots.

What keeps a secret ballot apart from its voter. `participation` says who voted and nothing else; `secret_ballot`
holds a paper under a random key, without time, voter or serial. Both tables are kept in the order of their keys on
SQLite (WITHOUT ROWID), so that no row number tells which came first. PostgreSQL keeps rows in the order of writing
and remembers the writing transaction (`ctid`, `xmin`) until the poll closes, when all papers are written anew in one
transaction. Whoever holds the server's disk while a poll is open could use that, and the page says so.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Id, Money, PlacePath, word
from ..core.db import Model
from .papers import LONGEST_MARKS
from .sealing import SEALED
from .words import Channel, Method, Outcome, PollState, RollKind, Secrecy


class Poll(Model):
    """A question of the council put to a roll (议事会表态). `place_path` is that of its topic or occasion."""

    __tablename__ = "poll"

    id: Mapped[Id]
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    """The topic it is to settle; none for an occasion."""
    occasion: Mapped[str] = mapped_column(sa.String(40), default="")
    """The story of what it is held for, if that is no topic: award:7."""
    occasion_title: Mapped[str] = mapped_column(sa.String(60), default="")
    council_id: Mapped[int] = mapped_column(sa.ForeignKey("council.id"))
    place_path: Mapped[PlacePath]
    number: Mapped[str] = mapped_column(sa.String(12))
    """Year and serial within the council: 2026-003."""
    state: Mapped[PollState] = mapped_column(word(PollState), default=PollState.DRAFT)
    question: Mapped[str] = mapped_column(sa.String(120))
    method: Mapped[Method] = mapped_column(word(Method))
    options_count: Mapped[int]
    params: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Of the method, as the count file states them: seats, max_choices, min and max of a score, ..."""
    budget: Mapped[Money | None]
    """To be shared out among the options, where the poll is about money."""
    secrecy: Mapped[Secrecy] = mapped_column(word(Secrecy))
    roll_kind: Mapped[RollKind] = mapped_column(word(RollKind))
    opens_at: Mapped[datetime | None]
    """When the clock is to open it, once that was told to everybody."""
    closes_at: Mapped[datetime]
    """Not a state: a ballot at or after this instant is refused whatever the state says."""
    voters: Mapped[int] = mapped_column(default=0)
    """Votes on the roll: people, or households where each has one vote."""
    roll_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    """SHA-256 of the roll file as it was frozen."""
    ties_stand: Mapped[bool] = mapped_column(default=False)
    """Said before anybody voted: all who are level at the last place are taken, no lot is drawn."""
    of_people: Mapped[bool] = mapped_column(default=False)
    """Somebody with an account stands on the paper: other staff of the community then certify beside the secretary."""
    honours: Mapped[bool] = mapped_column(default=False)
    """Neighbours stand on the paper, with accounts or without: visitors do not read their names, and since the
    secretary may be one of them other staff may open it."""
    tally: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """What the count made of the ballots when the poll closed."""
    annulled_because: Mapped[str] = mapped_column(sa.String(600), default="")
    drafted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32), unique=True)
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("council_id", "number"),
        sa.CheckConstraint("(topic_id IS NULL) <> (occasion = '')", name="topic_or_occasion"),
        sa.Index("ix_poll_place_closes", "place_path", "closes_at", "id"),
        sa.Index("ix_poll_place_moved", "place_path", "moved_at", "id"),
        sa.Index("ix_poll_state_closes", "state", "closes_at"),
        sa.Index("ix_poll_state_opens", "state", "opens_at"),
    )

    @property
    def story(self) -> str:
        return self.occasion or f"topic:{self.topic_id}"

    @property
    def box(self) -> "BallotBox":
        return BallotBox(self.id, self.place_path)


@dataclass(frozen=True)
class BallotBox:
    """The poll as the subject of what is stated ballot by ballot: a story of its own, so that a topic's page does
    not read past thousands of lines that are for the audit alone."""

    __tablename__: ClassVar[str] = "poll"
    id: int
    place_path: str

    @property
    def story(self) -> str:
        return f"poll:{self.id}"


class PollOption(Model):
    """What can be chosen. Ballots name it by its position."""

    __tablename__ = "poll_option"

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(60))
    cost: Mapped[Money | None]
    """Where the poll is about money."""
    note: Mapped[str] = mapped_column(sa.String(120), default="")
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """Whose name it is, where it names somebody with an account."""

    __table_args__ = (sa.UniqueConstraint("poll_id", "title"),)


class PollVoter(Model):
    """One person on the roll, as it was frozen at the opening."""

    __tablename__ = "poll_voter"

    id: Mapped[Id]
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    place_path: Mapped[PlacePath]
    """Of the unit he is on the roll for; of the poll for a seat without a unit."""
    unit_label: Mapped[str] = mapped_column(sa.String(120))
    household_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    """The home he has the one vote of together with the others on the roll for it; none where everybody has his own."""

    __table_args__ = (sa.UniqueConstraint("poll_id", "user_id"),)


def _voter() -> sa.ForeignKeyConstraint:
    """Only somebody on the roll: the database itself refuses anybody else."""
    return sa.ForeignKeyConstraint(["poll_id", "user_id"], ["poll_voter.poll_id", "poll_voter.user_id"])


class Participation(Model):
    """This person has voted. Once a poll, by the key; of a secret poll it says nothing more. One person a household,
    where the roll is of households: by the database itself."""

    __tablename__ = "participation"

    poll_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int | None]
    """As on the roll."""

    __table_args__ = (
        _voter(),
        sa.UniqueConstraint("poll_id", "household_id"),
        sa.Index("ix_participation_user", "user_id"),
        {"sqlite_with_rowid": False},
    )


class Ballot(Model):
    """A named ballot: one a voter, replaced when he changes it."""

    __tablename__ = "ballot"

    poll_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    marks: Mapped[str] = mapped_column(sa.String(LONGEST_MARKS))
    """As `papers.written`; "" is a blank paper (弃权)."""
    channel: Mapped[Channel] = mapped_column(word(Channel))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    """Of the last change."""
    receipt: Mapped[str] = mapped_column(sa.String(9))
    once: Mapped[str] = mapped_column(sa.String(32))
    changes: Mapped[int] = mapped_column(default=0)

    __table_args__ = (_voter(), sa.UniqueConstraint("poll_id", "receipt"))


class SecretBallot(Model):
    """A paper in the box. While the poll is open the voter finds it by his receipt, and its marks are sealed
    (`sealing`); at the close the digest is wiped, and nothing leads to it any more."""

    __tablename__ = "secret_ballot"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    """Random."""
    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"))
    marks: Mapped[str] = mapped_column(sa.String(SEALED))
    digest: Mapped[str | None] = mapped_column(sa.String(64))
    """Keyed digest of the receipt; none after the close."""

    __table_args__ = (sa.UniqueConstraint("poll_id", "digest"), {"sqlite_with_rowid": False})


class SecretReceipt(Model):
    """The receipt codes of a secret poll, for the public list. Nothing here leads to a paper."""

    __tablename__ = "secret_receipt"

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(9), primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Turnout(Model):
    """How many have voted: its own row, because ballots share the poll's row and none of them may hold it alone."""

    __tablename__ = "turnout"

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True)
    cast: Mapped[int] = mapped_column(default=0)


class Certification(Model):
    """The secretary states a result: what was counted, from which file, and what follows."""

    __tablename__ = "certification"

    poll_id: Mapped[int] = mapped_column(sa.ForeignKey("poll.id"), primary_key=True)
    place_path: Mapped[PlacePath] = mapped_column(index=True)
    tally: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Counted afresh, and found equal to the count at the close."""
    count_hash: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the count file."""
    outcome: Mapped[Outcome] = mapped_column(word(Outcome))
    reason: Mapped[str] = mapped_column(sa.String(600))
    """Needed where the count alone does not say it: a tie, no valid ballot, or back to the table all the same."""
    certified_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
