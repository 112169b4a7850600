"""Defeats are locked from the strongest down, unless they close a circle; who is beaten by nobody is elected.

Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987). Among equally
strong defeats every order is followed: an option is elected for sure only if it is elected whatever the order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from . import condorcet
from .case import Case
from .condorcet import Duels, Survivors
from .pairwise import Defeats, Pairwise, Strength, defeats

LOCKINGS = 5_000
"""How many ways to lock are followed. To follow all is not feasible for every election (Brill and Fischer 2012)."""

Pair = tuple[int, int]
Reach = tuple[int, ...]
"""For each option, by number, the set of those it beats directly or through others: bit n for option n."""


def recount(case: Case) -> dict[str, Any]:
    """`params`: `strength` (`winning_votes`, `margins`). `locking`: the defeats as they were locked."""
    said = condorcet.recount(case, unbeaten)
    won = defeats(said["pairwise"], condorcet.strength_of(case))
    return {**said, "locking": locking(case.options, said["pairwise"], won)}


def count(
    ballots: Iterable[Mapping[str, Any]], options: Sequence[str], *, strength: Strength = "winning_votes"
) -> Duels:
    """`{ranking, count}` or `{tiers, count}`; what is not ranked shares the last place."""
    return condorcet.count(ballots, options, unbeaten, strength)


def unbeaten(options: Sequence[str], won: Defeats) -> Survivors:
    """Who is beaten by nobody in at least one way of locking."""
    levels = _levels(options, won)
    found, seen, complete = 0, set[tuple[int, Reach]](), True
    open_ways = [(0, (0,) * len(options))]
    while open_ways:
        way = open_ways.pop()
        level, reach = way
        possible = _not_beaten(reach)
        if way in seen or not possible & ~found:
            continue
        seen.add(way)
        if level == len(levels) or not possible & (possible - 1) or len(seen) > LOCKINGS:
            # Locked to the end; or one is left, and somebody always is; or too many ways to follow this one.
            complete &= len(seen) <= LOCKINGS
            found |= possible
        else:
            open_ways += _ways_on(level, reach, levels[level])
    return Survivors([o for number, o in enumerate(options) if found >> number & 1], complete)


def locking(options: Sequence[str], pairwise: Pairwise, won: Defeats) -> list[dict[str, Any]]:
    """The defeats from the strongest down, each locked, dropped because it would close a circle, or open: among
    equally strong ones that keep each other out. What follows is for those locked in the order of the options."""
    lines: list[dict[str, Any]] = []
    reach: Reach = (0,) * len(options)
    for level in _levels(options, won):
        reach, contending = _settled(reach, level)
        disputed = set(contending)
        for a, b in contending:
            if not reach[b] >> a & 1:
                reach = _locked(reach, (a, b))
        for a, b in level:
            state = "open" if (a, b) in disputed else "locked" if reach[a] >> b & 1 else "dropped"
            over, under = options[a], options[b]
            votes, against = pairwise[over][under], pairwise[under][over]
            lines.append({"over": over, "under": under, "votes": votes, "against": against, "state": state})
    return lines


def _levels(options: Sequence[str], won: Defeats) -> list[list[Pair]]:
    """Equally strong defeats together, the strongest first."""
    number = {option: n for n, option in enumerate(options)}
    falling = sorted(won.items(), key=lambda defeat: -defeat[1])
    return [
        [(number[a], number[b]) for (a, b), _ in level]
        for _, level in groupby(falling, key=lambda defeat: defeat[1])
    ]


def _ways_on(level: int, reach: Reach, pairs: Sequence[Pair]) -> Iterator[tuple[int, Reach]]:
    """Either the level is done, or each of the pairs that contend may be the next."""
    reach, contending = _settled(reach, pairs)
    if not contending:
        yield level + 1, reach
    for pair in contending:
        yield level, _locked(reach, pair)


def _settled(reach: Reach, pairs: Sequence[Pair]) -> tuple[Reach, list[Pair]]:
    """Locks the pairs that no order can keep out, and gives those that are open: neither implied nor excluded.

    A pair is safe if it lies on no circle even with all open pairs of its level locked; it then cannot keep out
    another pair either, so that its turn does not matter.
    """
    contending = [(a, b) for a, b in pairs if not reach[a] >> b & 1 and not reach[b] >> a & 1]
    everything = reach
    for pair in contending:
        everything = _locked(everything, pair)
    for a, b in contending:
        if not everything[b] >> a & 1:
            reach = _locked(reach, (a, b))
    return reach, [(a, b) for a, b in contending if everything[b] >> a & 1 and not reach[a] >> b & 1]


def _locked(reach: Reach, pair: Pair) -> Reach:
    a, b = pair
    gained = reach[b] | 1 << b
    if not gained & ~reach[a]:
        return reach
    return tuple(r | gained if n == a or r >> a & 1 else r for n, r in enumerate(reach))


def _not_beaten(reach: Reach) -> int:
    beaten = 0
    for below in reach:
        beaten |= below
    return (1 << len(reach)) - 1 & ~beaten
