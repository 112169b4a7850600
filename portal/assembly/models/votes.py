"""The vote itself: its paper, what hangs out, what was not kept, what is objected."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ...core.columns import Area, Id, PlacePath, word
from ...core.db import Model
from ..shares import Line
from ..words import Convener, ObjectionKind, PostingKind, Scope, Sharing, Silence, VoteState


class OwnersVote(Model):
    """One vote of the owners of a scope on one paper. `place_path` is that of the scope, of a fund scope the smallest
    place that holds all its parts."""

    __tablename__ = "owners_vote"

    id: Mapped[Id]
    place_path: Mapped[PlacePath]
    estate_id: Mapped[int] = mapped_column(sa.ForeignKey("place.id"))
    topic_id: Mapped[int | None] = mapped_column(sa.ForeignKey("topic.id"), index=True)
    """The topic it grew out of, if any."""
    round_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    """The election whose vacant seats this round fills."""
    number: Mapped[str] = mapped_column(sa.String(12))
    """Year and serial within the estate: 2026-003."""
    state: Mapped[VoteState] = mapped_column(word(VoteState), default=VoteState.DRAFT)
    title: Mapped[str] = mapped_column(sa.String(80))
    scope: Mapped[Scope] = mapped_column(word(Scope))
    parts: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    """[path, label] of every part of a fund scope; else empty."""
    scope_label: Mapped[str] = mapped_column(sa.String(120))
    """As people say it: 东府嘉和 19号楼."""
    scope_reason: Mapped[str] = mapped_column(sa.String(600))
    """Why these owners decide: whose fund is spent, what the common part serves."""
    convener: Mapped[Convener] = mapped_column(word(Convener))
    convener_name: Mapped[str] = mapped_column(sa.String(80))
    """As it signs notices: 东府嘉和业主委员会."""
    jurisdiction: Mapped[str] = mapped_column(sa.String(20))
    """Key of the rule pack (`jurisdictions`)."""
    extraordinary: Mapped[bool] = mapped_column(default=False)
    """Called outside the regular meetings (临时会议); some places ask for a shorter notice then."""
    official_evote: Mapped[bool]
    official_where: Mapped[str] = mapped_column(sa.String(200), default="")
    """How that system is called and where people find it."""
    """The housing authority demands its own system for electronic votes: the portal takes none."""
    # The assembly's rules of procedure, as they stood when the roll was frozen.
    invalid_participates: Mapped[bool]
    conflict_invalid: Mapped[bool]
    last_counts: Mapped[bool]
    count_parking: Mapped[bool]
    silence: Mapped[Silence] = mapped_column(word(Silence))
    proxy_cap: Mapped[int | None]
    max_extensions: Mapped[int | None]
    """How often the voting may be extended; none: as often as its longest time allows."""
    rules_clause: Mapped[str] = mapped_column(sa.String(600), default="")
    """What the rules say about this, copied out of them: whoever doubts a setting finds what permits it."""
    roll_days: Mapped[int]
    """Days the roll hangs out at least."""
    notice_days: Mapped[int]
    """Days between notice and opening at least."""
    objection_days: Mapped[int]
    """Days the preliminary result hangs out."""
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    """Not a state: a ballot at or after this instant is refused whatever the state says."""
    counts_at: Mapped[datetime | None]
    counts_where: Mapped[str] = mapped_column(sa.String(300), default="")
    """When and where papers are counted in public, as it is announced; nothing before it is settled."""
    roll_until: Mapped[datetime | None]
    objections_until: Mapped[datetime | None]
    roll_version: Mapped[int] = mapped_column(default=0)
    roll_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    heads: Mapped[int] = mapped_column(default=0)
    area: Mapped[Area] = mapped_column(default=0)
    units: Mapped[int] = mapped_column(default=0)
    extensions: Mapped[int] = mapped_column(default=0)
    comments_count: Mapped[int] = mapped_column(default=0)
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
    """What it is about."""
    for_words: Mapped[str] = mapped_column(sa.Text, default="")
    against_words: Mapped[str] = mapped_column(sa.Text, default="")
    """What the sides say, in the same measure: both or neither."""
    cost: Mapped[int | None] = mapped_column(sa.BigInteger)
    """分 in all. None: it costs nothing."""
    seats: Mapped[int | None]
    """Of an election: how many are elected, and how many candidates a paper may mark. None: a question."""
    alternates: Mapped[int] = mapped_column(default=0)
    """Of an election: places of alternates (候补委员), where the rules of the assembly foresee them."""
    subsidy: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """分 that the state pays."""
    other_funds: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    """分 from other sources than the owners: provident fund, common income, gifts."""
    fee_now: Mapped[int | None]
    fee_then: Mapped[int | None]
    """分 a square metre and month that owners pay today and will pay if it passes; None where no such fee is asked."""
    sharing: Mapped[Sharing] = mapped_column(word(Sharing), default=Sharing.AREA)
    """How the rest falls on the owners."""
    coefficients: Mapped[list[Any]] = mapped_column(sa.JSON, default=list)
    """[floor, thousandths] where floors matter, as the convener stated them."""
    share_lines: Mapped[list[Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """The public table (`shares.Line` a line) as the paper stands; None: nothing is shared, or cannot be yet."""
    result: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """What the count made of it (`voting.counting`, method dual_majority or committee_election)."""

    __table_args__ = (sa.UniqueConstraint("vote_id", "position"),)

    @property
    def net(self) -> int:
        """分 that fall on the owners."""
        return (self.cost or 0) - self.subsidy - self.other_funds

    @property
    def table(self) -> dict[int, int]:
        """Thousandths of a coefficient by floor."""
        return dict(self.coefficients)

    @property
    def lines(self) -> list[Line]:
        """The public table, empty where nothing is shared or cannot be yet."""
        return [Line(*line) for line in self.share_lines or ()]


class Override(Model):
    """A rule of the checklist that was not kept, by whose word and why; it stands in the evidence."""

    __tablename__ = "vote_override"

    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    reason: Mapped[str] = mapped_column(sa.String(600))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]


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


class VoteObjection(Model):
    """Somebody's reasons against the roll, a candidate or the result while it hangs out, and the official answer."""

    __tablename__ = "vote_objection"

    id: Mapped[Id]
    vote_id: Mapped[int] = mapped_column(sa.ForeignKey("owners_vote.id"), index=True)
    place_path: Mapped[PlacePath]
    kind: Mapped[ObjectionKind] = mapped_column(word(ObjectionKind))
    candidate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("candidate.id"))
    """Whom it is against, of an objection to a candidate."""
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    upheld: Mapped[bool | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    answered_at: Mapped[datetime | None]
    unchanged_because: Mapped[str] = mapped_column(sa.String(600), default="")
    """Of one to the roll that was upheld: why the roll stays as it is all the same."""
    unchanged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    unchanged_at: Mapped[datetime | None]
    once: Mapped[str] = mapped_column(sa.String(32))

    __table_args__ = (sa.UniqueConstraint("author_id", "once"),)
