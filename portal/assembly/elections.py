"""Elections on a paper: which matters they are, who is on their lists, how a list is put in order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core.db import db, read
from ..core.errors import Invalid
from ..core.text import _
from .election_words import PUT_FORWARD, CandidateState
from .jurisdictions import Pack
from .marks import Asked
from .models.elections import Candidate, ElectionLot
from .models.rolls import STANDS, RollUnit, Speaker, Voter
from .models.votes import Matter, OwnersVote
from .words import Capacity, VoterKind

WHOLE = "election"
"""The wish for a whole committee; its number is odd."""
WISHES = (WHOLE, "by_election")
ITEM = 3
FEWEST_SEATS, MOST_SEATS = 3, 15
MOST_CANDIDATES = 60
"""Standing at a time for one matter: what a sheet of A4 holds."""
ORGANISATIONS = (VoterKind.COMPANY, VoterKind.DEVELOPER)

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


def check_seats(wish: str, item: int, seats: int | None, alternates: int = 0) -> None:
    """Raises Invalid (`item`, `seats`, `alternates`): an election comes under item 3 and says how many are elected, and
    has no more alternates than that; for a whole committee the number is odd. A by-election without seats asks for or
    against one person."""
    if not 0 <= alternates <= (seats or 0):
        raise Invalid(_("候补委员不能比要选的委员多。"), "alternates")
    if wish not in WISHES:
        if seats is not None:
            raise Invalid(_("只有选举才写名额。"), "seats")
        return
    if seats is None and wish != WHOLE:
        return
    if item != ITEM:
        raise Invalid(_("选举业委会委员属于第三项，不能改成别的项。"), "item")
    if seats is None or not 1 <= seats <= MOST_SEATS:
        raise Invalid(_("请写选几位，1 到 %(most)d 位。", most=MOST_SEATS), "seats")
    if wish == WHOLE and (seats < FEWEST_SEATS or seats % 2 == 0):
        raise Invalid(_("业委会的人数是单数，至少 %(least)d 位。", least=FEWEST_SEATS), "seats")


def fewest(rules: Pack, units: int, area: int) -> int:
    """The least number of seats of a whole committee by the rules of the place; small estates may have fewer."""
    small = (rules.small_units and units < rules.small_units) or (
        rules.small_area and area <= rules.small_area
    )
    return FEWEST_SEATS if small else rules.least_seats


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


class Nominee(NamedTuple):
    """An owner on the roll as one who may stand; `company`: the organisation that owns and sends him."""

    owner_id: int
    user_id: int | None
    label: str
    name: str
    company: str = ""


_ON_ROLL = (
    sa.select(
        Speaker.owner_id,
        Speaker.user_id,
        Speaker.name,
        Speaker.capacity,
        Voter.id.label("voter_id"),
        Voter.kind,
        Voter.label,
        Voter.name.label("owners"),
    )
    .join(Voter, Voter.id == Speaker.voter_id)
    .where(Speaker.vote_id == _vote)
    .order_by(Voter.number, Speaker.id)
)
_MINE = _ON_ROLL.where(Speaker.user_id == sa.bindparam("me", type_=sa.Integer), STANDS)
_OF_VOTER = sa.select(Speaker.owner_id).where(
    Speaker.voter_id == sa.bindparam("voter", type_=sa.Integer), Speaker.owner_id.is_not(None)
)
_NAMED = (
    _ON_ROLL.add_columns(RollUnit.label.label("door"))
    .join(RollUnit, RollUnit.voter_id == Voter.id)
    .where(STANDS, sa.or_(Speaker.name == sa.bindparam("name"), Voter.kind.in_(ORGANISATIONS)))
)


def own(vote_id: int, user_id: int | None, name: str) -> list[Nominee]:
    """As whom somebody may stand himself: an owner on the roll, or whom an organisation sends; a guardian may not."""
    if user_id is None:
        return []
    found: dict[int, Nominee] = {}
    for row in read(_MINE, {"vote": vote_id, "me": user_id}):
        if row.kind in ORGANISATIONS:
            owner = row.owner_id or _organisation(row.voter_id)
            if owner is not None:
                found.setdefault(owner, Nominee(owner, user_id, row.label, name, row.owners))
        elif row.owner_id is not None and row.capacity is Capacity.OWNER:
            found.setdefault(row.owner_id, Nominee(row.owner_id, user_id, row.label, row.name))
    return list(found.values())


def named(vote_id: int, plate: str, name: str) -> Nominee:
    """The owner behind a door plate by his name, or whom the organisation there sends. Nobody can look the roll
    through with it: plate and name must both be known. Raises Invalid."""
    found = read(_NAMED, {"vote": vote_id, "name": name})
    there = [row for row in found if _same_door(row.door, plate)]
    for row in there:
        if row.kind in ORGANISATIONS and row.owner_id is not None:
            return Nominee(row.owner_id, _account_of(there, name), row.label, name, row.owners)
        if row.owner_id is not None and row.name == name and row.capacity is Capacity.OWNER:
            return Nominee(row.owner_id, row.user_id, row.label, row.name)
    raise Invalid(_("名册上这个门牌没有这位业主。请照产权证写门牌和姓名。"), "name")


def _account_of(there: Sequence[Any], name: str) -> int | None:
    """Of whom the organisation sends, if he is on the roll under this name."""
    sent = (row.user_id for row in there if row.capacity is Capacity.REPRESENTATIVE and row.name == name)
    return next(sent, None)


def _organisation(voter_id: int) -> int | None:
    return next((row.owner_id for row in read(_OF_VOTER, {"voter": voter_id})), None)


def _same_door(label: str, typed: str) -> bool:
    """12-1-201 is 12号楼1单元201室; where a plate has other words than numbers, it is typed as it hangs."""
    plain = [re.sub(r"\s", "", text).lower() for text in (label, typed)]
    if plain[0] == plain[1]:
        return bool(plain[0])
    numbers = [re.findall(r"\d+", text) for text in plain]
    return numbers[0] == numbers[1] and len(numbers[1]) > 1


def on_roll(vote: OwnersVote, owners: Iterable[int]) -> set[int]:
    """Those of the owners who are on the roll as it is now."""
    found = sa.select(Speaker.owner_id).where(Speaker.vote_id == vote.id, Speaker.owner_id.in_(set(owners)))
    return {owner for owner in db.session.scalars(found) if owner is not None}


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


class Open(NamedTuple):
    """Seats of an election that nobody has, and who may stand for them again, as the count file calls them."""

    seats: int
    again: list[str]


def still_open(matter: Any, lot: Any) -> Open:
    """Of a counted election: seats that stay vacant, and those that level candidates compete for unless a lot settled
    it; where too few took part, all of them."""
    result = matter.result
    if not result["part_ok"]:
        return Open(matter.seats, list(result["candidates"]))
    seated = {*result["elected"], *((lot.chosen or ()) if lot else ())}
    again = [name for name in result["candidates"] if name not in seated]
    return Open(matter.seats - len(seated), again)


def level(result: Mapping[str, Any] | None) -> tuple[list[str], list[str]]:
    """Who was elected, and who is level for the seats that are left: what a lot was drawn about."""
    return ([], []) if result is None else (sorted(result["elected"]), sorted(result["tied"]))


def lot_of(matter_id: int) -> ElectionLot | None:
    """The lot in force."""
    found = sa.select(ElectionLot).where(ElectionLot.matter_id == matter_id, ElectionLot.voided_at.is_(None))
    return db.session.scalars(found, execution_options={"populate_existing": True}).one_or_none()


def candidates_of(vote_id: int) -> list[Candidate]:
    """Nominations of a vote that somebody is still behind, by number."""
    found = sa.select(Candidate).where(Candidate.vote_id == vote_id, Candidate.state.in_(PUT_FORWARD))
    return list(db.session.scalars(found.order_by(Candidate.matter_id, Candidate.number, Candidate.id)))


def elections_of(vote_id: int) -> list[Matter]:
    """The matters of a vote that are elections."""
    found = sa.select(Matter).where(Matter.vote_id == vote_id, Matter.seats.is_not(None))
    return list(db.session.scalars(found.order_by(Matter.position)))
