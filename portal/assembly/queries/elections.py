"""Who stands: as a column of a vote's own query, as the list of its page, and one candidate by himself."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.access import Condition
from ...core.actor import Actor
from ...core.columns import LARGEST_ID, Rows
from ...core.db import db, read
from ..election_words import PUT_FORWARD, CandidateState
from ..marks import Asked
from ..models.elections import Candidate, ElectionLot
from ..models.votes import Matter, OwnersVote

nominator, reviewer = (sa.orm.aliased(User) for _ in range(2))


_me = sa.bindparam("me", type_=sa.Integer)
_rival = sa.orm.aliased(Candidate)


def standing_there() -> Condition:
    """The reader (`me`) is a candidate of the vote himself, and takes no step in it: a column of a vote's own query."""
    return sa.exists().where(
        _rival.vote_id == OwnersVote.id,
        _rival.user_id == _me,
        _rival.state.in_([sa.literal(state, Candidate.state.type) for state in PUT_FORWARD]),
    )


class Listed(NamedTuple):
    """A candidate on the paper, with the position of his matter."""

    position: int
    id: int
    number: int
    name: str
    company: str
    label: str
    statement: str
    declared: str


_LISTED = (
    sa.select(
        Matter.position,
        Candidate.id,
        Candidate.number,
        Candidate.name,
        Candidate.company,
        Candidate.label,
        Candidate.statement,
        Candidate.declared,
    )
    .join(Matter, Matter.id == Candidate.matter_id)
    .where(Candidate.posted.is_(True), Candidate.state == CandidateState.QUALIFIED)
    .order_by(Matter.position, Candidate.number)
)


def listed() -> Rows:
    """Everybody on the papers of a vote, as a nested column."""
    return _LISTED.where(Candidate.vote_id == OwnersVote.id)


M = TypeVar("M", bound=Any)


def with_lists(matters: Iterable[M], candidates: Sequence[Listed]) -> list[M]:
    """Matters as named tuples with a field `candidates`, each with its list."""
    return [
        matter._replace(candidates=tuple(c for c in candidates if c.position == matter.position))
        for matter in matters
    ]


def asked_of(vote: Any) -> list[Asked]:
    """What every matter of a read vote asks, in its order."""
    return [Asked(m.seats, [c.number for c in m.candidates]) for m in vote.matters]


def lists_of(vote_id: int) -> dict[int, list[Listed]]:
    """The lists of a vote by the position of the matter; one query."""
    found: dict[int, list[Listed]] = {}
    for row in read(_LISTED.where(Candidate.vote_id == vote_id)):
        found.setdefault(row.position, []).append(Listed(*row))
    return found


class CandidateLine(NamedTuple):
    """A nomination as its page shows it. Shaped like the row that the rules ask about."""

    id: int
    vote_id: int
    matter_id: int
    place_path: str
    state: CandidateState
    number: int
    posted: bool
    user_id: int | None
    name: str
    company: str
    label: str
    statement: str
    nominated_by: str
    nominated_by_id: int
    nominator: str
    consented_at: datetime | None
    consent_by_id: int | None
    declared: str
    reason: str
    reviewer: str | None
    reviewed_at: datetime | None
    carried_from_id: int | None
    at: datetime


_LINES = (
    sa.select(
        Candidate.id,
        Candidate.vote_id,
        Candidate.matter_id,
        Candidate.place_path,
        Candidate.state,
        Candidate.number,
        Candidate.posted,
        Candidate.user_id,
        Candidate.name,
        Candidate.company,
        Candidate.label,
        Candidate.statement,
        Candidate.nominated_by,
        Candidate.nominated_by_id,
        shown(nominator).label("nominator"),
        Candidate.consented_at,
        Candidate.consent_by_id,
        Candidate.declared,
        Candidate.reason,
        shown(reviewer).label("reviewer"),
        Candidate.reviewed_at,
        Candidate.carried_from_id,
        Candidate.at,
    )
    .join(nominator, nominator.id == Candidate.nominated_by_id)
    .outerjoin(reviewer, reviewer.id == Candidate.reviewed_by_id)
)


def candidates_seen(actor: Actor, vote_id: int) -> list[CandidateLine]:
    """The nominations of a vote that the reader may see: all of them for staff, for everybody the posted list."""
    found = _LINES.where(Candidate.vote_id == vote_id, access.rows(actor, Candidate))
    return [CandidateLine(*row) for row in read(found.order_by(Candidate.number, Candidate.id))]


_ONE = (
    _LINES.add_columns(
        Candidate.owner_id,
        OwnersVote.title,
        OwnersVote.number.label("vote_number"),
        OwnersVote.state.label("vote_state"),
        OwnersVote.jurisdiction,
        OwnersVote.opens_at,
        OwnersVote.place_path.label("vote_path"),
        standing_there().label("stands_for"),
        Matter.question,
        Matter.seats,
        Matter.alternates,
    )
    .join(OwnersVote, OwnersVote.id == Candidate.vote_id)
    .join(Matter, Matter.id == Candidate.matter_id)
)


def candidate_page(actor: Actor, candidate_id: int) -> SimpleNamespace | None:
    """A candidate with `vote`, which he stands in; one query. None if the reader may not see him."""
    if candidate_id > LARGEST_ID:
        return None
    rows = read(_ONE.where(Candidate.id == candidate_id, access.rows(actor, Candidate)), {"me": actor.id})
    if not rows:
        return None
    page = SimpleNamespace(**rows[0]._mapping)
    page.stands_for = bool(page.stands_for)
    page.vote = SimpleNamespace(
        __tablename__="owners_vote",
        id=page.vote_id,
        state=page.vote_state,
        place_path=page.vote_path,
        opens_at=page.opens_at,
    )
    return page


def lots_of(vote_id: int) -> dict[int, ElectionLot]:
    """Lots of a vote that were announced, by the number of the matter."""
    found = db.session.scalars(
        sa.select(ElectionLot).where(ElectionLot.vote_id == vote_id, ElectionLot.voided_at.is_(None))
    )
    return {lot.matter_id: lot for lot in found}
