"""The roll as it hangs out: what it sums up to, and a building's heads page by page."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import read
from ..models.rolls import STANDS, RollUnit, Speaker, Voter
from ..models.votes import OwnersVote
from ..roll.drawing import Drawn
from ..words import VoterKind

A_PAGE = 100


class Building(NamedTuple):
    """Heads whose first unit is there; area and number of their units."""

    name: str
    heads: int
    area: int


class HeadLine(NamedTuple):
    """A head as the wall shows it; `name` whole, to be half hidden for all but staff. `mine`: the reader's own."""

    number: int
    kind: VoterKind
    name: str
    label: str
    building: str
    area: int
    units: int
    mine: bool


class UseLine(NamedTuple):
    """Units of one use on the roll."""

    use: str
    units: int
    area: int


_BUILDINGS = (
    sa.select(Voter.building, sa.func.count(), sa.func.sum(Voter.area))
    .where(Voter.vote_id == sa.bindparam("vote"), Voter.units > 0)
    .group_by(Voter.building)
    .order_by(sa.func.min(Voter.number))
)
_USES = (
    sa.select(RollUnit.use, sa.func.count(), sa.func.sum(RollUnit.area))
    .where(RollUnit.vote_id == sa.bindparam("vote"))
    .group_by(RollUnit.use)
    .order_by(sa.func.count().desc(), RollUnit.use)
)
_MINE = sa.exists().where(
    Speaker.voter_id == Voter.id, Speaker.user_id == sa.bindparam("me", type_=sa.Integer), STANDS
)
_HEADS = (
    sa.select(
        Voter.number,
        Voter.kind,
        Voter.name,
        Voter.label,
        Voter.building,
        Voter.area,
        Voter.units,
        _MINE.label("mine"),
    )
    .where(Voter.vote_id == sa.bindparam("vote"), Voter.number > sa.bindparam("after"), Voter.units > 0)
    .order_by(Voter.number)
    .limit(A_PAGE + 1)
)
_OWN = _HEADS.where(_MINE)
_IN = _HEADS.where(Voter.building == sa.bindparam("building"))


def buildings(vote: OwnersVote) -> list[Building]:
    """In the order of the roll; one query."""
    return [Building(name, heads, int(area)) for name, heads, area in read(_BUILDINGS, {"vote": vote.id})]


def uses(vote: OwnersVote) -> list[UseLine]:
    """What kinds of units are counted; shops stand in a line of their own. One query."""
    return [UseLine(use, units, int(area)) for use, units, area in read(_USES, {"vote": vote.id})]


def heads(actor: Actor, vote: OwnersVote, building: str, after: int) -> list[HeadLine]:
    """A page of heads behind a number, one more than fits if there are more; one query. "": all buildings."""
    at: dict[str, Any] = {"vote": vote.id, "me": actor.id, "after": after}
    rows = read(_IN, at | {"building": building}) if building else read(_HEADS, at)
    return [_head(row) for row in rows]


def own_heads(actor: Actor, vote: OwnersVote) -> list[HeadLine]:
    """The heads that the reader speaks for; one query, none for a visitor."""
    if actor.id is None:
        return []
    rows = read(_OWN, {"vote": vote.id, "me": actor.id, "after": 0})
    return [_head(row) for row in rows]


def _head(row: Any) -> HeadLine:
    return HeadLine(*row)._replace(mine=bool(row.mine))


def would_be(drawn: Drawn) -> list[Building]:
    """The buildings of a roll that is not written yet."""
    ordered = sorted(drawn.heads, key=lambda head: head.parts[0].building)
    found = [_sum(name, list(some)) for name, some in groupby(ordered, key=lambda h: h.parts[0].building)]
    first = {head.parts[0].building: head.number for head in reversed(drawn.heads)}
    return sorted(found, key=lambda line: first[line.name])


def _sum(name: str, some: Iterable[Any]) -> Building:
    some = list(some)
    return Building(name, len(some), sum(head.area for head in some))
