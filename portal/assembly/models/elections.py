"""Who stands for the owners' committee."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Id, PlacePath, word
from ...core.db import Model
from ..election_words import CandidateState, Nominator


class Candidate(Model):
    """A nomination for the seats of a matter, from the day somebody makes it. His name is public once the list is
    posted, for he stands for office; his phone number never is."""

    __tablename__ = "candidate"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    matter_id: Mapped[int] = mapped_column(sa.ForeignKey("vote_matter.id"), index=True)
    place_path: Mapped[PlacePath]
    """Of the vote."""
    state: Mapped[CandidateState] = mapped_column(word(CandidateState), default=CandidateState.NOMINATED)
    number: Mapped[int] = mapped_column(default=0)
    """On the paper, from 1 in the order of house numbers; given with the notice and never again. 0: none yet."""
    posted: Mapped[bool] = mapped_column(default=False)
    """He was on the list that the notice hung out."""
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("owner.id"))
    """The owner he is, or the organisation that sends him."""
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    """His account; none: what he says comes on paper."""
    name: Mapped[str] = mapped_column(sa.String(80))
    company: Mapped[str] = mapped_column(sa.String(80), default="")
    """The organisation that owns and sends him; "" for a person who owns himself."""
    label: Mapped[str] = mapped_column(sa.String(120))
    """Door plate."""
    statement: Mapped[str] = mapped_column(sa.String(600), default="")
    nominated_by: Mapped[Nominator] = mapped_column(word(Nominator))
    nominated_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    consented_at: Mapped[datetime | None]
    """When he agreed to stand and declared what there is to declare."""
    consent_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """Himself, or whoever noted his signed paper."""
    declared: Mapped[str] = mapped_column(sa.String(120), default="")
    """Words of `Declared` with commas; "" declares that there is none of it."""
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    """Why he was refused or struck."""
    reviewed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    reviewed_at: Mapped[datetime | None]
    carried_from_id: Mapped[int | None] = mapped_column(sa.ForeignKey("candidate.id"))
    """As who he stood in the round before."""
    at: Mapped[datetime]
    moved_at: Mapped[datetime]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("nominated_by_id", "once"),)


class ElectionLot(Model):
    """How the last seats went where candidates are level: announced first, drawn later, both kept. One is in
    force; those before it fell with the count that they were drawn for."""

    __tablename__ = "election_lot"

    matter_id: Mapped[int] = mapped_column(sa.ForeignKey("vote_matter.id"), primary_key=True)
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    source: Mapped[str] = mapped_column(sa.String(200))
    """Which public number decides, and where anybody can look it up."""
    digits: Mapped[int]
    """Of that number, noughts before it too: what is drawn with has as many."""
    draws_at: Mapped[datetime]
    """From when on the number is known; the lot is not drawn before."""
    first_witness: Mapped[str] = mapped_column(sa.String(40))
    second_witness: Mapped[str] = mapped_column(sa.String(40))
    announced_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    announced_at: Mapped[datetime] = mapped_column(primary_key=True)
    voided_at: Mapped[datetime | None]
    seed: Mapped[str] = mapped_column(sa.String(200), default="")
    """The number as it came."""
    drawn: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """The level candidates as the count file calls them, in the order of the lot."""
    chosen: Mapped[list[str] | None] = mapped_column(sa.JSON(none_as_null=True))
    """Those of them who have a seat by it."""
    drawn_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    drawn_at: Mapped[datetime | None]
