"""Owners' votes: the paper, the roll, ballots and what proves them. Choices are read by the voter, the count and the
scrutineers, nobody else (see `policy`)."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ..core.columns import Area, Id, PlacePath, word
from ..core.db import Model
from .words import (
    BatchState,
    Capacity,
    Channel,
    Convener,
    Counter,
    DeliveryWay,
    Medium,
    ObjectionKind,
    PostingKind,
    ProxyState,
    Scope,
    Silence,
    VoterKind,
    VoteState,
)


class OwnersVote(Model):
    """One vote of the owners of a scope on one paper. `place_path` is that of the scope."""

    __tablename__ = "owners_vote"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    estate_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    """The topic it grew out of, if any."""
    number: Mapped[str] = mapped_column(sa.String(12))
    """Year and serial within the estate: 2026-003."""
    state: Mapped[VoteState] = mapped_column(word(VoteState), default=VoteState.DRAFT)
    title: Mapped[str] = mapped_column(sa.String(80))
    scope: Mapped[Scope] = mapped_column(word(Scope))
    scope_label: Mapped[str] = mapped_column(sa.String(120))
    """As people say it: 东府嘉和 19号楼."""
    scope_reason: Mapped[str] = mapped_column(sa.String(600))
    """Why these owners decide: whose fund is spent, what the common part serves."""
    convener: Mapped[Convener] = mapped_column(word(Convener))
    convener_name: Mapped[str] = mapped_column(sa.String(80))
    """As it signs notices: 东府嘉和业主委员会."""
    jurisdiction: Mapped[str] = mapped_column(sa.String(20))
    """Key of the rule pack (`jurisdictions`)."""
    official_evote: Mapped[bool]
    """The housing authority demands its own system for electronic votes: the portal takes none."""
    # The assembly's rules of procedure, as they stood when the roll was frozen.
    invalid_participates: Mapped[bool]
    conflict_invalid: Mapped[bool]
    last_counts: Mapped[bool]
    count_parking: Mapped[bool]
    silence: Mapped[Silence] = mapped_column(word(Silence))
    proxy_cap: Mapped[int | None]
    roll_days: Mapped[int]
    """Days the roll hangs out at least."""
    notice_days: Mapped[int]
    """Days between notice and opening at least."""
    objection_days: Mapped[int]
    """Days the preliminary result hangs out."""
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    """Not a state: a ballot at or after this instant is refused whatever the state says."""
    roll_until: Mapped[datetime | None]
    objections_until: Mapped[datetime | None]
    roll_version: Mapped[int] = mapped_column(default=0)
    roll_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    heads: Mapped[int] = mapped_column(default=0)
    area: Mapped[Area] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=0)
    extensions: Mapped[int] = mapped_column(default=0)
    void_because: Mapped[str] = mapped_column(sa.String(600), default="")
    drafted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    once: Mapped[str] = mapped_column(sa.String(32))
    created_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]

    __table_args__ = (
        sa.UniqueConstraint("estate_id", "number"),
        sa.UniqueConstraint("drafted_by_id", "once"),
        sa.Index("ix_owners_vote_place_moved", "place_path", "moved_at", "id"),
        sa.Index("ix_owners_vote_state_closes", "state", "closes_at"),
    )

    @property
    def story(self) -> str:
        return f"topic:{self.topic_id}" if self.topic_id else f"owners_vote:{self.id}"


class Matter(Model):
    """A question on the paper, counted by itself under its item of Civil Code art. 278."""

    __tablename__ = "vote_matter"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    position: Mapped[int]
    """From 0, as on the paper."""
    question: Mapped[str] = mapped_column(sa.String(200))
    wish: Mapped[str] = mapped_column(sa.String(32))
    """The everyday wish that led to the item (`wishes`)."""
    item: Mapped[int]
    """1 to 9."""
    item_reason: Mapped[str] = mapped_column(sa.String(600))
    """Why this item, as the convener confirmed it."""
    explanation: Mapped[str] = mapped_column(sa.Text)
    """What it is about, what the sides say."""
    cost: Mapped[int | None] = mapped_column(sa.BigInteger)
    """分 in all; shared by area on each owner's page. None: it costs nothing."""
    result: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """What the count made of it (`voting.counting`, method dual_majority)."""

    __table_args__ = (sa.UniqueConstraint("vote_id", "position"),)


class Voter(Model):
    """One head on the roll, as it stood when the roll was made: a set of owners with all their units in the scope."""

    __tablename__ = "voter"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    number: Mapped[int]
    """Of the paper (票号), from 1 in the order of house numbers."""
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
    state: Mapped[str] = mapped_column(sa.String(20))
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
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    """His account, if he has one that is recognised as this owner."""
    name: Mapped[str] = mapped_column(sa.String(80))
    capacity: Mapped[Capacity] = mapped_column(word(Capacity))
    designated: Mapped[bool] = mapped_column(default=False)
    """The co-owners settled that he speaks for all of them."""

    __table_args__ = (
        sa.UniqueConstraint("voter_id", "owner_id"),
        sa.UniqueConstraint("voter_id", "user_id"),
        sa.Index("ix_speaker_user", "user_id", "vote_id"),
    )


class OwnerBallot(Model):
    """What one speaker said for a voter by one medium. Online he may change it until the close. Which ballots count is
    the count's to say; none is ever deleted."""

    __tablename__ = "owner_ballot"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), primary_key=True)
    speaker_id: Mapped[int] = mapped_column(primary_key=True)
    """0: all owners together, on one paper."""
    medium: Mapped[Medium] = mapped_column(word(Medium), primary_key=True)
    choices: Mapped[str] = mapped_column(sa.String(200))
    """One word a matter in the order of the paper, with commas: for,against,abstain; "" where nothing is marked."""
    channel: Mapped[Channel] = mapped_column(word(Channel))
    proxy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proxy.id"))
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    """When it was given: of the last change online, of receipt on paper."""
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
    matters: Mapped[str] = mapped_column(sa.String(60))
    """Positions of the matters the letter names, with commas."""
    refused_because: Mapped[str] = mapped_column(sa.String(300), default="")
    submitted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
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


class Slip(Model):
    """One paper of a batch as each of the two or three read it."""

    __tablename__ = "paper_slip"

    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("paper_batch.id"), primary_key=True)
    voter_id: Mapped[int] = mapped_column(sa.ForeignKey("voter.id"), primary_key=True)
    first: Mapped[str] = mapped_column(sa.String(200))
    """Choices like `OwnerBallot.choices`."""
    second: Mapped[str | None] = mapped_column(sa.String(200))
    third: Mapped[str | None] = mapped_column(sa.String(200))
    proxy_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proxy.id"))
    note: Mapped[str] = mapped_column(sa.String(200), default="")


class VoteObjection(Model):
    """Somebody's reasons against the roll or the result while it hangs out, and the official answer."""

    __tablename__ = "vote_objection"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    place_path: Mapped[PlacePath]
    kind: Mapped[ObjectionKind] = mapped_column(word(ObjectionKind))
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    upheld: Mapped[bool | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("author_id", "once"),)


class Posting(Model):
    """Something that was hung out in the estate, where and until when."""

    __tablename__ = "vote_posting"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    place_path: Mapped[PlacePath]
    kind: Mapped[PostingKind] = mapped_column(word(PostingKind))
    where: Mapped[str] = mapped_column(sa.String(300))
    """Walls and boards, as people find them."""
    reason: Mapped[str] = mapped_column(sa.String(600), default="")
    """Of an extension, of a roll posted anew."""
    roll_version: Mapped[int]
    until: Mapped[datetime | None]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


class Override(Model):
    """A rule of the checklist that was not kept, by whose word and why; it stands in the evidence."""

    __tablename__ = "vote_override"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    reason: Mapped[str] = mapped_column(sa.String(600))
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


class OfficialImport(Model):
    """A result file of the housing authority's own system that was taken into the box, with the rows refused. The
    file itself is kept by its digest."""

    __tablename__ = "official_import"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"))
    digest: Mapped[str] = mapped_column(sa.String(64))
    """SHA-256 of the file."""
    rows: Mapped[int]
    """Rows taken."""
    ballots: Mapped[int]
    refused: Mapped[list[Any]] = mapped_column(sa.JSON)
    """[row of the file, word of `official.checking.Why`] of every row that was not taken."""
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]

    __table_args__ = (sa.UniqueConstraint("vote_id", "digest"),)
