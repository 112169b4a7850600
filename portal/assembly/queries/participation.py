"""How many of each building have given a ballot, and by what way, for everybody who may see the vote: never how, and no
line so short that a neighbour could tell who is meant."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from ...core.db import read
from ...core.text import _
from ..models.box import Turnout
from ..models.rolls import Voter
from ..words import Channel

SMALL = 10
"""A building with fewer heads has no line of its own: of two neighbours everybody knows who has not voted."""


class Part(NamedTuple):
    """A building, or several small ones together. `channels`: heads by channel."""

    name: str
    heads: int
    heads_in: int
    area: int
    area_in: int
    channels: dict[str, int]


_vote = sa.bindparam("vote", type_=sa.Integer)
_HEADS = (
    sa.select(Voter.building, sa.func.count().label("heads"), sa.func.sum(Voter.area).label("area"))
    .where(Voter.vote_id == _vote, Voter.units > 0)
    .group_by(Voter.building)
    .order_by(sa.func.min(Voter.number))
)
_TURNOUT = sa.select(Turnout.building, Turnout.channel, Turnout.heads, Turnout.area).where(
    Turnout.vote_id == _vote
)


def parts_of(vote_id: int) -> list[Part]:
    """The buildings of a vote in the order of papers, the small ones together at the end; two queries."""
    at = {"vote": vote_id}
    channels: dict[str, Counter[str]] = {}
    area_in: Counter[str] = Counter()
    for row in read(_TURNOUT, at):
        channels.setdefault(row.building, Counter())[row.channel.value] += row.heads
        area_in[row.building] += row.area
    return veiled(
        _part(row.building, row.heads, int(row.area), channels.get(row.building, Counter()), area_in)
        for row in read(_HEADS, at)
    )


def channels_of(parts: Iterable[Part], *, every: bool = False) -> list[str]:
    """Channels in which anything came, in their order. While people vote `every`: that a column appears would tell that
    somebody has just voted so."""
    there = {name for part in parts for name in part.channels}
    return [c.value for c in Channel if every or c.value in there]


def veiled(parts: Iterable[Part]) -> list[Part]:
    """Lines of at least SMALL heads: small buildings are one line, with the smallest of the others if even together
    they are too few."""
    every = list(parts)
    shown = [part for part in every if part.heads >= SMALL]
    small = [part for part in every if part.heads < SMALL]
    if small and shown and sum(part.heads for part in small) < SMALL:
        least = min(shown, key=lambda part: part.heads)
        shown.remove(least)
        small.append(least)
    return [*shown, _together(small)] if small else shown


def _part(name: str, heads: int, area: int, channels: Counter[str], area_in: Counter[str]) -> Part:
    return Part(name, heads, sum(channels.values()), area, area_in[name], dict(channels))


def _together(parts: list[Part]) -> Part:
    if len(parts) == 1:
        return parts[0]
    channels: Counter[str] = Counter()
    for part in parts:
        channels.update(part.channels)
    return Part(
        _("%(n)d 栋合在一起", n=len(parts)),
        sum(part.heads for part in parts),
        sum(part.heads_in for part in parts),
        sum(part.area for part in parts),
        sum(part.area_in for part in parts),
        dict(channels),
    )
