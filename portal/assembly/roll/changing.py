"""Units that change hands between the notice and the close.

Only under whom a unit stands may change; its area stays as it was settled. Where the former owner has voted his ballot
stands and the unit stays with him for this vote; else it goes to the new owners, who get a paper of their own.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import db, lock, read
from ...places.models import Delivery, Owner, Unit
from ...places.reserve import reserve, write
from ..models.box import OwnerBallot, Turnout
from ..models.costs import CostShare
from ..models.papers import Slip
from ..models.rolls import RollUnit, Speaker, Voter
from ..models.votes import OwnersVote
from .drawing import Head, head_of, read_register
from .keeping import voter_row
from .speaking import speaker_row

MOST = 200


class Differing(NamedTuple):
    """A unit that the register has under other owners than the roll. `former`: whole names. `answered`: the former
    owner has voted, on the screen or on a paper that was read in."""

    unit_id: int
    place_path: str
    label: str
    voter_id: int
    number: int
    former: str
    owner_set_id: int
    owners: str
    answered: bool
    own_head: bool
    """The reader is among the former owners, or belongs to the home himself: somebody else enters the change."""


_answered = sa.or_(
    sa.exists().where(OwnerBallot.vote_id == Voter.vote_id, OwnerBallot.voter_id == Voter.id),
    sa.exists().where(Slip.voter_id == Voter.id),
)
_me = sa.bindparam("me", type_=sa.Integer)
_DIFFERING = (
    sa.select(
        RollUnit.unit_id,
        RollUnit.place_path,
        RollUnit.label,
        RollUnit.voter_id,
        Voter.number,
        Voter.name.label("former"),
        Unit.owner_set_id,
        _answered.label("answered"),
        sa.exists().where(Speaker.voter_id == Voter.id, Speaker.user_id == _me).label("own_head"),
    )
    .join(Voter, Voter.id == RollUnit.voter_id)
    .join(Unit, Unit.id == RollUnit.unit_id)
    .where(
        RollUnit.vote_id == sa.bindparam("vote", type_=sa.Integer),
        Unit.gone_on.is_(None),
        Unit.delivery == Delivery.DELIVERED,
        Unit.owner_set_id.is_distinct_from(Voter.owner_set_id),
        sa.exists().where(Owner.owner_set_id == Unit.owner_set_id),
    )
    .order_by(Voter.number, RollUnit.id)
    .limit(MOST)
)
_ONE = _DIFFERING.where(RollUnit.unit_id == sa.bindparam("unit", type_=sa.Integer))
_NAMES = sa.select(Owner.owner_set_id, Owner.name).order_by(Owner.id)


def differing(actor: Actor, vote_id: int) -> list[Differing]:
    """Units sold, inherited or given since the roll was settled, as the register has them today; at most MOST, two
    queries."""
    return _told(actor, read(_DIFFERING, {"vote": vote_id, "me": actor.id}))


def differing_unit(actor: Actor, vote_id: int, unit_id: int) -> Differing | None:
    """One of them; None where roll and register agree."""
    found = read(_ONE, {"vote": vote_id, "unit": unit_id, "me": actor.id})
    return next(iter(_told(actor, found)), None)


def hold_taker(vote_id: int, owner_set_id: int) -> Voter | None:
    """The head of these owners on the roll, held to the end of the transaction; None if they come in anew."""
    found = sa.select(Voter).where(
        Voter.vote_id == vote_id, Voter.owner_set_id == owner_set_id, Voter.units > 0
    )
    taker = db.session.scalar(found)
    return lock(taker) if taker else None


def hand_on(vote: OwnersVote, unit_id: int, giver: Voter, taker: Voter | None) -> Voter:
    """Put a unit under its owners of today. Gives the head it stands under now. Inside an action that holds the vote
    alone."""
    line = db.session.scalars(
        sa.select(RollUnit).where(RollUnit.vote_id == vote.id, RollUnit.unit_id == unit_id)
    ).one()
    if taker is None:
        taker = _newcomer(vote, line)
    else:
        taker.area, taker.units = taker.area + line.area, taker.units + 1
        _more_in(vote.id, taker, line.area)
    line.voter_id, line.delivery = taker.id, Delivery.DELIVERED.value
    db.session.execute(
        sa.update(CostShare)
        .where(CostShare.vote_id == vote.id, CostShare.unit_id == unit_id)
        .values(voter_id=taker.id)
    )
    db.session.flush()
    _give_up(giver, line.area)
    heads = sa.select(sa.func.count()).where(Voter.vote_id == vote.id, Voter.units > 0)
    vote.heads = db.session.scalar(heads) or 0
    return taker


def _told(actor: Actor, rows: Sequence[Any]) -> list[Differing]:
    if not rows:
        return []
    names: dict[int, list[str]] = {}
    for row in read(_NAMES.where(Owner.owner_set_id.in_({row.owner_set_id for row in rows}))):
        names.setdefault(row.owner_set_id, []).append(row.name)
    return [
        Differing(
            **{**row._mapping, "answered": bool(row.answered), "own_head": _own(actor, row)},
            owners="、".join(names.get(row.owner_set_id, ()))[:200],
        )
        for row in rows
    ]


def _own(actor: Actor, row: Any) -> bool:
    return bool(row.own_head) or row.place_path in actor.homes


def _newcomer(vote: OwnersVote, line: RollUnit) -> Voter:
    """A head of its own with a paper number behind all others: a paper of the former owner that turns up later is not
    taken for his."""
    last = sa.select(sa.func.max(Voter.number)).where(Voter.vote_id == vote.id)
    head = _head(vote, line, (db.session.scalar(last) or 0) + 1)
    id_ = next(iter(reserve(Voter, 1)))
    write(iter([voter_row(vote, id_, head) | {"area": line.area}]), Voter)
    write((speaker_row(vote, id_, head, person, person.user_id) for person in head.owners), Speaker)
    return lock(db.session.get_one(Voter, id_))


def _head(vote: OwnersVote, line: RollUnit, number: int) -> Head:
    register = read_register(vote)
    return head_of(number, [register.parts[f"u{line.unit_id}"]], register)


def _more_in(vote_id: int, taker: Voter, area: int) -> None:
    """One who has voted already votes for this unit too: it is in the turnout with his first ballot."""
    first = sa.select(OwnerBallot.channel).where(
        OwnerBallot.vote_id == vote_id, OwnerBallot.voter_id == taker.id
    )
    channel = db.session.scalar(first.order_by(OwnerBallot.at).limit(1))
    there = (
        Turnout.vote_id == vote_id,
        Turnout.building == taker.building,
        Turnout.channel == channel,
    )
    db.session.execute(sa.update(Turnout).where(*there).values(area=Turnout.area + area))


def _give_up(giver: Voter, area: int) -> None:
    """A head without units keeps its row, for what was served and written to it, and nobody speaks for it."""
    giver.area, giver.units = giver.area - area, giver.units - 1
    if not giver.units:
        db.session.execute(sa.delete(Speaker).where(Speaker.voter_id == giver.id))
        return
    rest = sa.select(RollUnit).where(RollUnit.voter_id == giver.id).order_by(RollUnit.id)
    first = db.session.scalars(rest.limit(1)).one()
    giver.label, giver.building, giver.place_path = first.label, first.building, first.place_path
