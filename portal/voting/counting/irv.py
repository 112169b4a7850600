"""Instant run-off: the option with the fewest papers leaves, its papers go on, until one has the majority.

Papers that rank nobody who continues are exhausted and no part of the majority. Where several have the fewest,
whoever leaves is followed: an option is elected for sure only if it is elected whichever of them leaves.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import rankings
from .case import Case
from .piles import Piles, dealt

WAYS = 5_000
"""How many ways out of ties are followed."""


class Round(NamedTuple):
    """The papers of each option that continues, those exhausted until now, and who leaves (one; nobody at the end)."""

    tally: dict[str, int]
    exhausted: int
    eliminated: list[str]


class Tie(NamedTuple):
    """Options that had equally few papers when one of them had to leave."""

    options: list[str]
    votes: int


class Runoff(NamedTuple):
    """The rounds end with the majority, or with the tie that decides who is elected (the last of the ties).

    Before that, ties that change nobody's fate are listed and the first of the options leaves. `valid` papers rank
    somebody, `blank` ones nobody: they are exhausted from the start. `all_ties_followed` is false if there were too
    many ways out of ties to follow each: some of `tied` may have no way to win.
    """

    winners: list[str]
    tied: list[str]
    rounds: list[Round]
    elimination_ties: list[Tie]
    without_first_preference: list[str]
    valid: int
    blank: int
    all_ties_followed: bool

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`."""
        return self._asdict() | {
            "rounds": [r._asdict() for r in self.rounds],
            "elimination_ties": [t._asdict() for t in self.elimination_ties],
        }


def recount(case: Case) -> dict[str, Any]:
    """`params`: `stop` (`majority`)."""
    case.params.word("stop", "majority")
    return count(case.ballots, case.options).as_json()


def count(ballots: Iterable[Mapping[str, Any]], options: Sequence[str]) -> Runoff:
    """`{ranking, count}`. Options without a first preference leave before round one, an over-vote ends a paper."""
    papers = rankings.strict(ballots, options)
    start = dealt(papers, options)
    possible, complete = _possible_winners(start)
    sure = len(possible) == 1
    rounds, ties = _rounds(start, sure)
    return Runoff(
        winners=[o for o in options if sure and o in possible],
        tied=[o for o in options if not sure and o in possible],
        rounds=rounds,
        elimination_ties=ties,
        without_first_preference=[o for o in options if o not in start.tally],
        valid=sum(papers.papers.values()),
        blank=papers.empty,
        all_ties_followed=complete,
    )


def _rounds(piles: Piles, sure: bool) -> tuple[list[Round], list[Tie]]:
    """`sure`: whether one option is elected whatever the ties."""
    rounds: list[Round] = []
    ties: list[Tie] = []
    while piles.tally:
        fewest, lowest = _lowest(piles.tally)
        leaving = [] if piles.majority() else lowest[:1]
        if leaving and len(lowest) > 1:
            ties.append(Tie(lowest, fewest))
            if not sure and not _doomed(piles.tally):
                leaving = []
        rounds.append(Round(dict(piles.tally), piles.exhausted, leaving))
        if not leaving:
            break
        piles = piles.without(leaving)
    return rounds, ties


def _possible_winners(start: Piles) -> tuple[set[str], bool]:
    """Who is elected in at least one way out of the ties; and whether every way was followed."""
    found: set[str] = set()
    seen: set[frozenset[str]] = set()
    open_ways: list[tuple[Piles, Sequence[str]]] = [(start, ())] if start.tally else []
    while open_ways:
        before, leaving = open_ways.pop()
        continuing = frozenset(before.tally).difference(leaving)
        if continuing in seen or continuing <= found:
            continue
        seen.add(continuing)
        if len(seen) > WAYS:
            found |= continuing
            continue
        piles = before.without(leaving)
        if winner := piles.majority():
            found.add(winner)
        else:
            open_ways += [(piles, way) for way in _ways_on(piles.tally)]
    return found, len(seen) <= WAYS


def _ways_on(tally: Mapping[str, int]) -> list[list[str]]:
    """Who may leave next, together where the order among them cannot matter."""
    doomed = _doomed(tally)
    return [doomed] if doomed else [[option] for option in _lowest(tally)[1]]


def _doomed(tally: Mapping[str, int]) -> list[str]:
    """The fewest options that have, all together, fewer papers than any other alone.

    They leave before any other does, in whatever order; and whoever gets a majority meanwhile keeps it. Empty if
    there are none.
    """
    rising = sorted(tally, key=lambda option: tally[option])
    together = 0
    for number, option in enumerate(rising):
        if number and together < tally[option]:
            return rising[:number]
        together += tally[option]
    return []


def _lowest(tally: Mapping[str, int]) -> tuple[int, list[str]]:
    """The fewest papers, and who has them."""
    fewest = min(tally.values())
    return fewest, [option for option, votes in tally.items() if votes == fewest]
