"""What the pages of conveners read: a vote with its paper, what hung where, and what was not kept."""

from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.access import under
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import db, read
from ...core.files import FileLine, files_column
from ...core.nested import nested, unpack
from ...councils import phases
from ...councils.models import Topic
from ...places.models import Place, PlaceKind
from ...places.queries.tree import widest_post
from ..election_words import CandidateState
from ..enclosures import Shown, proofs, with_files
from ..models.elections import Candidate
from ..models.votes import Matter, Override, OwnersVote, Posting, VoteObjection
from .elections import standing_there
from .hung import digest_column
from .sealing import seal_columns, with_seal

CONVENERS = ("secretary", "social_worker", "committee_chair")
MOST_SCOPES = 3000
SCOPES = (PlaceKind.ESTATE, PlaceKind.BUILDING, PlaceKind.ENTRANCE)


class MatterLine(NamedTuple):
    """A matter as its convener sees it."""

    id: int
    position: int
    question: str
    wish: str
    item: int
    item_reason: str
    explanation: str
    for_words: str
    against_words: str
    cost: int | None
    seats: int | None
    alternates: int
    subsidy: int
    other_funds: int
    fee_now: int | None
    fee_then: int | None
    sharing: str
    coefficients: list[list[int]]
    files: Shown = Shown()

    @property
    def table(self) -> dict[int, int]:
        return {floor: value for floor, value in self.coefficients}  # noqa: C416  (lists of two, no pairs)

    def as_typed(self) -> dict[str, Any]:
        """For its form; money that nobody gives is an empty field."""
        nothing = {name: None for name in ("subsidy", "other_funds") if not getattr(self, name)}
        return self._asdict() | nothing


class PostingLine(NamedTuple):
    """Something that hung out. `paper`: digest of the page that hung there; None where no page was kept."""

    id: int
    kind: str
    where: str
    reason: str
    roll_version: int
    at: datetime
    until: datetime | None
    by: str
    files: list[list[Any]]
    paper: str | None

    @property
    def photos(self) -> list[FileLine]:
        """The walls."""
        return [f for f in unpack(FileLine, self.files) if f.purpose == "photo"]


class OverrideLine(NamedTuple):
    """A rule that was not kept."""

    rule: str
    reason: str
    by: str
    at: datetime


_MATTERS = (
    sa.select(
        Matter.id,
        Matter.position,
        Matter.question,
        Matter.wish,
        Matter.item,
        Matter.item_reason,
        Matter.explanation,
        Matter.for_words,
        Matter.against_words,
        Matter.cost,
        Matter.seats,
        Matter.alternates,
        Matter.subsidy,
        Matter.other_funds,
        Matter.fee_now,
        Matter.fee_then,
        Matter.sharing,
        Matter.coefficients,
    )
    .where(Matter.vote_id == OwnersVote.id)
    .order_by(Matter.position)
)
_POSTINGS = (
    sa.select(
        Posting.id,
        Posting.kind,
        Posting.where,
        Posting.reason,
        Posting.roll_version,
        Posting.at,
        Posting.until,
        shown(User).label("by"),
        files_column(Posting).label("files"),
        digest_column().label("paper"),
    )
    .join(User, User.id == Posting.by_id)
    .where(Posting.vote_id == OwnersVote.id)
    .order_by(Posting.id.desc())
)
_OVERRIDES = (
    sa.select(Override.rule, Override.reason, shown(User).label("by"), Override.at)
    .join(User, User.id == Override.by_id)
    .where(Override.vote_id == OwnersVote.id)
    .order_by(Override.at)
)
_QUALIFIED = (
    sa.select(Candidate.matter_id, sa.func.count())
    .where(Candidate.vote_id == OwnersVote.id, Candidate.state == CandidateState.QUALIFIED)
    .group_by(Candidate.matter_id)
)
_UNCHECKED = (
    sa.select(sa.func.count())
    .where(Candidate.vote_id == OwnersVote.id, Candidate.state == CandidateState.NOMINATED)
    .correlate(OwnersVote)
    .scalar_subquery()
)
_OBJECTIONS = (
    sa.select(sa.func.count())
    .where(VoteObjection.vote_id == OwnersVote.id, VoteObjection.answered_at.is_(None))
    .correlate(OwnersVote)
    .scalar_subquery()
)


@cache
def _plan() -> sa.Select[*tuple[Any, ...]]:
    columns = [c for c in sa.inspect(OwnersVote).column_attrs if c.key != "once"]
    return sa.select(
        *(getattr(OwnersVote, c.key) for c in columns),
        Topic.title.label("topic_title"),
        _OBJECTIONS.label("unanswered"),
        _UNCHECKED.label("unchecked"),
        nested(_QUALIFIED, of=OwnersVote).label("qualified"),
        nested(_MATTERS, of=OwnersVote).label("matters"),
        nested(_POSTINGS, of=OwnersVote).label("postings"),
        nested(_OVERRIDES, of=OwnersVote).label("overrides"),
        *seal_columns(),
        standing_there().label("stands_for"),
        files_column(OwnersVote).label("files"),
        *phases.columns(Topic),
    ).outerjoin(Topic, Topic.id == OwnersVote.topic_id)


def plan_page(actor: Actor, owners_vote_id: int) -> SimpleNamespace | None:
    """A vote as those who prepare it see it; one query. None if the actor may not see it."""
    if owners_vote_id > LARGEST_ID:
        return None
    found = _plan().where(OwnersVote.id == owners_vote_id, access.rows(actor, OwnersVote))
    row = db.session.execute(found, {"me": actor.id}).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.stands_for = bool(row.stands_for)
    page.files = unpack(FileLine, row.files)
    page.proofs = proofs(page.files)
    with_seal(page, actor.id)
    page.matters = with_files(unpack(MatterLine, row.matters), page.files)
    page.way = phases.way(row)
    page.qualified = dict(row.qualified)
    page.postings = unpack(PostingLine, row.postings)
    page.overrides = {line.rule: line for line in unpack(OverrideLine, row.overrides)}
    return page


class ScopeChoice(NamedTuple):
    """A place whose owners may be called together."""

    id: int
    words: str
    path: str

    @property
    def estate(self) -> int:
        """The id of its estate: the second step of its path."""
        return int(self.path.split("/")[2])


def scopes(actor: Actor) -> list[ScopeChoice]:
    """Estates, buildings and entrances at or under the actor's post, each building before its
    own entrances; one query."""
    post = widest_post(actor, CONVENERS)
    if post is None:
        return []
    inside = sa.or_(under(Place.place_path, post), Place.place_path == post)
    rows = read(_SCOPES.where(inside, Place.place_path.startswith(actor.community)))
    at = {row.place_path: row for row in rows}
    told = []
    for row in rows:
        way = [at[path] for path in access.containing(row.place_path) if path in at]
        estate = way[0].name if way[0].kind is PlaceKind.ESTATE else ""
        words = row.name if row.kind is PlaceKind.ESTATE else f"{estate} {row.label}".strip()
        told.append(([place.sort_key for place in way], ScopeChoice(row.id, words, row.place_path)))
    told.sort(key=lambda pair: pair[0])
    return [choice for _order, choice in told]


_SCOPES = (
    sa.select(Place.id, Place.kind, Place.name, Place.label, Place.place_path, Place.sort_key)
    .where(Place.kind.in_(SCOPES))
    .order_by(Place.sort_key, Place.id)
    .limit(MOST_SCOPES)
)


def last_of(estate: int) -> Any:
    """How an estate settled its last vote, as a start for its next one; None if there was none. Another estate has
    another assembly, with rules of its own."""
    settled = (
        sa.select(
            OwnersVote.convener,
            OwnersVote.convener_name,
            OwnersVote.jurisdiction,
            OwnersVote.official_evote,
            OwnersVote.official_where,
            OwnersVote.roll_days,
            OwnersVote.notice_days,
            OwnersVote.objection_days,
            OwnersVote.proxy_cap,
            OwnersVote.max_extensions,
            OwnersVote.silence,
            OwnersVote.count_parking,
            OwnersVote.last_counts,
            OwnersVote.invalid_participates,
            OwnersVote.conflict_invalid,
            OwnersVote.rules_clause,
        )
        .where(OwnersVote.estate_id == estate)
        .order_by(OwnersVote.id.desc())
        .limit(1)
    )
    return db.session.execute(settled).first()
