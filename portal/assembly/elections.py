"""Elections on a paper: which matters they are, who is on their lists, how a list is put in order."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from ..core.db import db, read
from .election_words import PUT_FORWARD, CandidateState
from .marks import Asked
from .models.elections import Candidate
from .models.rolls import Speaker, Voter
from .models.votes import Matter, OwnersVote
from .vacancies import lot_of

MOST_CANDIDATES = 60
"""Put forward at a time for one matter: what a sheet of A4 holds."""
_vote = sa.bindparam("vote", type_=sa.Integer)
_MATTERS = (
    sa.select(Matter.id, Matter.seats).where(Matter.vote_id == _vote).order_by(Matter.position, Matter.id)
)
_LISTED = (
    sa.select(Candidate.matter_id, Candidate.number)
    .where(
        Candidate.vote_id == _vote,
        Candidate.posted.is_(True),
        Candidate.state == CandidateState.QUALIFIED,
    )
    .order_by(Candidate.number)
)


def lists(vote_id: int) -> dict[int, list[int]]:
    """Numbers of the candidates that can be elected now, by matter and in the order of the paper."""
    found: dict[int, list[int]] = {}
    for row in read(_LISTED, {"vote": vote_id}):
        found.setdefault(row.matter_id, []).append(row.number)
    return found


def names(vote_id: int, matter_id: int) -> dict[str, str]:
    """Candidates of a matter with a number on its paper, as the count file calls them and as people do."""
    there = sa.select(Candidate.number, Candidate.name).where(
        Candidate.vote_id == vote_id, Candidate.matter_id == matter_id, Candidate.number > 0
    )
    return {f"c{row.number}": row.name for row in read(there.order_by(Candidate.number))}


def asked(vote_id: int) -> list[Asked]:
    """What every matter of a paper asks, in its order."""
    rows = read(_MATTERS, {"vote": vote_id})
    listed = lists(vote_id) if any(row.seats for row in rows) else {}
    return [Asked(row.seats, listed.get(row.id, ())) for row in rows]


class Elected(NamedTuple):
    """A matter that is an election, as the guards ask about it."""

    id: int
    question: str
    wish: str
    seats: int


class Nomination(NamedTuple):
    """A nomination that somebody is still behind; `on_roll`: the owner is on the roll as it is now."""

    name: str
    state: CandidateState
    on_roll: bool


_MADE = (
    sa.select(
        Matter.id,
        Matter.question,
        Matter.wish,
        Matter.seats,
        Candidate.name,
        Candidate.state,
        sa.exists()
        .where(Speaker.vote_id == Candidate.vote_id, Speaker.owner_id == Candidate.owner_id)
        .label("on_roll"),
    )
    .outerjoin(Candidate, sa.and_(Candidate.matter_id == Matter.id, Candidate.state.in_(PUT_FORWARD)))
    .where(Matter.vote_id == _vote, Matter.seats.is_not(None))
    .order_by(Matter.position, Candidate.id)
)


def lists_made(vote_id: int) -> list[tuple[Elected, list[Nomination]]]:
    """The elections of a vote, each with who stands so far; one query."""
    found: dict[int, tuple[Elected, list[Nomination]]] = {}
    for row in read(_MADE, {"vote": vote_id}):
        _matter, there = found.setdefault(row.id, (Elected(*row[:4]), []))
        if row.name is not None:
            there.append(Nomination(row.name, row.state, bool(row.on_roll)))
    return list(found.values())


def in_order(vote: OwnersVote, candidates: Sequence[Candidate]) -> list[Candidate]:
    """As they stand on the paper: in the order of house numbers on the roll, co-owners as the register has them. The
    order is a rule that everybody can check, and says nothing about merit."""
    rows = db.session.execute(
        sa.select(Speaker.owner_id, sa.func.min(Voter.number))
        .join(Voter, Voter.id == Speaker.voter_id)
        .where(Speaker.vote_id == vote.id, Speaker.owner_id.in_({c.owner_id for c in candidates}))
        .group_by(Speaker.owner_id)
    )
    number = {row[0]: row[1] for row in rows}
    return sorted(candidates, key=lambda c: (number.get(c.owner_id, 0), c.owner_id, c.id))


def hold(vote: OwnersVote) -> None:
    """Nobody joins, leaves or is checked until the end of the transaction."""
    every = sa.select(Candidate).where(Candidate.vote_id == vote.id).order_by(Candidate.id)
    db.session.scalars(every.with_for_update(), execution_options={"populate_existing": True}).all()


def put_forward(matter_id: int) -> list[Candidate]:
    """Nominations of a matter that somebody is still behind."""
    found = sa.select(Candidate).where(Candidate.matter_id == matter_id, Candidate.state.in_(PUT_FORWARD))
    return list(db.session.scalars(found.order_by(Candidate.id)))


def candidates_of(vote_id: int) -> list[Candidate]:
    """Nominations of a vote that somebody is still behind, by number."""
    found = sa.select(Candidate).where(Candidate.vote_id == vote_id, Candidate.state.in_(PUT_FORWARD))
    return list(db.session.scalars(found.order_by(Candidate.matter_id, Candidate.number, Candidate.id)))


def elections_of(vote_id: int) -> list[Matter]:
    """The matters of a vote that are elections."""
    found = sa.select(Matter).where(Matter.vote_id == vote_id, Matter.seats.is_not(None))
    return list(db.session.scalars(found.order_by(Matter.position)))


def seated_before(round_of_id: int | None) -> set[int]:
    """Owners who won a seat in the rounds before this one, by the number of the one it follows: they sit already."""
    found: set[int] = set()
    while round_of_id is not None:
        for matter in elections_of(round_of_id):
            found |= _seated(matter)
        earlier = sa.select(OwnersVote.round_of_id).where(OwnersVote.id == round_of_id)
        round_of_id = db.session.scalar(earlier)
    return found


def _seated(matter: Matter) -> set[int]:
    lot = lot_of(matter.id)
    names_ = {*(matter.result or {}).get("elected", ()), *((lot.chosen or ()) if lot else ())}
    won = sa.select(Candidate.owner_id).where(
        Candidate.matter_id == matter.id, Candidate.number.in_([int(name[1:]) for name in names_])
    )
    return set(db.session.scalars(won))
