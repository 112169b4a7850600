"""What comes on paper: letters of authority, and ballots that two people read in."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..words import BatchState, ProxyState, Standing


class Proxy(Model):
    """A written authority to vote for a voter, with a photograph of the letter."""

    __tablename__ = "proxy"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), index=True)
    place_path: Mapped[PlacePath]
    state: Mapped[ProxyState] = mapped_column(word(ProxyState), default=ProxyState.SUBMITTED)
    agent_name: Mapped[str] = mapped_column(sa.String(60))
    agent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """The agent's account; none: he votes on paper."""
    agent_phone: Mapped[str] = mapped_column(sa.String(20), default="")
    """As it was given, whether he has an account or not; it tells agents of one name apart."""
    declared: Mapped[bool] = mapped_column(default=False)
    """The letter carries his declaration that he does not work for the property company."""
    matters: Mapped[str] = mapped_column(sa.String(60))
    """Positions of the matters the letter names, with commas."""
    refused_because: Mapped[str] = mapped_column(sa.String(300), default="")
    stopping: Mapped[bool] = mapped_column(default=False)
    """A convener says that it is to be taken back; it stands until another one has looked at that."""
    stop_because: Mapped[str] = mapped_column(sa.String(300), default="")
    stop_asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    stopped_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """The second person. None where whoever gave it took it back himself."""
    kept_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who gave it and said that it stays: from then on only he takes it back."""
    submitted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Who handed it in for him: staff at the desk, who then do not check it, or family."""
    reviewed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    reviewed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("submitted_by_id", "once"), sa.Index("ix_proxy_vote", "vote_id"))


class Batch(Model):
    """Some paper ballots, entered by one person and again by another; where they differ a third looks at the paper."""

    __tablename__ = "paper_batch"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    place_path: Mapped[PlacePath]
    number: Mapped[int]
    state: Mapped[BatchState] = mapped_column(word(BatchState), default=BatchState.FIRST)
    received_at: Mapped[datetime]
    """When the papers were taken from the box or the door; after the close they are kept and not counted."""
    first_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    second_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    third_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    moved_at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("vote_id", "number"), sa.UniqueConstraint("first_by_id", "once"))


class BoxSeal(Model):
    """How many papers lay in the box that nobody had read in when the voting closed, as one person counted them and
    another one again without knowing his number; where they differ a third one counts. No more than these are read in
    afterwards."""

    __tablename__ = "box_seal"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), unique=True)
    place_path: Mapped[PlacePath]
    papers: Mapped[int | None]
    """On which two of them agreed; none before. Only then it hangs out."""
    first: Mapped[int]
    stated_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    stated_at: Mapped[datetime]
    where: Mapped[str] = mapped_column(sa.String(300))
    """The walls for it."""
    once: Mapped[str] = mapped_column(sa.String(32))
    standing: Mapped[Standing] = mapped_column(word(Standing), default=Standing.ENTERED)
    """Stands once two people found as many; refused where three found three numbers, until somebody counts anew."""
    second: Mapped[int | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None]
    third: Mapped[int | None]
    third_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    third_at: Mapped[datetime | None]


class BoxCount(Model):
    """What one person found in a round in which no two found as many, kept as it was. The number is nobody's secret
    any more; the next round is counted anew, and who agrees in it has not counted before."""

    __tablename__ = "box_count"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(primary_key=True)
    papers: Mapped[int]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


NO_PAPER = "missing"
"""In the place of what a paper says: whoever read again found none."""


class Slip(Model):
    """One paper of a batch as each of the two or three read it. Several papers of one voter are all kept."""

    __tablename__ = "paper_slip"

    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_batch.id"), primary_key=True)
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), primary_key=True, index=True)
    nth: Mapped[int] = mapped_column(primary_key=True, default=0)
    """0: his first in the batch."""
    first: Mapped[str] = mapped_column(sa.String(1000))
    """Choices like `OwnerBallot.choices`."""
    second: Mapped[str | None] = mapped_column(sa.String(1000))
    third: Mapped[str | None] = mapped_column(sa.String(1000))
    proxy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proxy.id"))
    """The letter an agent gave it with, as the first reader took it; the others say for themselves."""
    second_proxy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proxy.id"))
    third_proxy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proxy.id"))
    signer: Mapped[int | None]
    """Of co-owners: who signed it, by `Speaker.id`, 0 all of them, as the first reader saw it. None for a head of one
    owner, and for an agent's paper."""
    second_signer: Mapped[int | None]
    third_signer: Mapped[int | None]
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    scan: Mapped[str] = mapped_column(sa.String(64), default="")
    """The digest of its own picture among those of the batch (`displaced`)."""
    at: Mapped[datetime]
    """When it was first read in."""
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("batch_id", "once"),)

    @property
    def differs(self) -> bool:
        """The first two did not read the same, or not from the same agent or hand."""
        return (self.first, self.proxy_id, self.signer) != (
            self.second,
            self.second_proxy_id,
            self.second_signer,
        )

    @property
    def settled(self) -> tuple[str | None, int | None, int | None]:
        """What it says, with which letter and who signed it, once everybody has read it."""
        if self.differs:
            return self.third, self.third_proxy_id, self.third_signer
        return self.first, self.proxy_id, self.signer


def gone(slip: Any) -> sa.ColumnElement[bool]:
    """Of slips under any alias: two people found no such paper, so it is none."""
    condition: sa.ColumnElement[bool] = slip.third.is_not_distinct_from(NO_PAPER)
    return condition


GONE = gone(Slip)
UNREAD = sa.or_(
    Batch.state.in_((BatchState.SECOND, BatchState.THIRD)),
    (Batch.state == BatchState.FIRST) & sa.exists().where(Slip.batch_id == Batch.id).correlate(Batch),
)
"""Of a batch: it has papers that are not in the box yet. One that was begun and is empty holds up no count."""
