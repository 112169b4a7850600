"""Instant run-off: the option with the fewest papers leaves, its papers go on, until one has the majority.

Papers that rank nobody who continues are exhausted and no part of the majority. Where several have the fewest,
whoever leaves is followed: an option is elected for sure only if it is elected whichever of them leaves.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import rankings
from .case import Case
from .piles import Piles, dealt

WAYS = 20_000
"""How many ways on from a tie are followed."""


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
    piles = dealt(papers, options)
    preferred = frozenset(piles.tally)
    rounds, ties, possible = _run(piles)
    return Runoff(
        winners=[o for o in options if o in possible.options and len(possible.options) == 1],
        tied=[o for o in options if o in possible.options and len(possible.options) > 1],
        rounds=rounds,
        elimination_ties=ties,
        without_first_preference=[o for o in options if o not in preferred],
        valid=sum(papers.papers.values()),
        blank=papers.empty,
        all_ties_followed=possible.complete,
    )


class _Possible(NamedTuple):
    """Who may be elected; `complete` if every way out of the ties was followed, so that nobody else is in it."""

    options: frozenset[str]
    complete: bool = True


def _run(piles: Piles) -> tuple[list[Round], list[Tie], _Possible]:
    rounds: list[Round] = []
    ties: list[Tie] = []
    possible: _Possible | None = None  # who may be elected from here, once a tie has raised the question
    while piles.tally:
        tally = dict(piles.tally)
        if winner := piles.majority():
            rounds.append(Round(tally, piles.exhausted, []))
            return rounds, ties, _Possible(frozenset({winner}))
        fewest, lowest = _lowest(tally)
        if len(lowest) > 1:
            ties.append(Tie(lowest, fewest))
            if not _doomed(tally):
                possible = possible or _possible_winners(piles, lowest)
                if not _the_same_for_each(piles, lowest, possible):
                    rounds.append(Round(tally, piles.exhausted, []))
                    return rounds, ties, possible
        rounds.append(Round(tally, piles.exhausted, lowest[:1]))
        piles = piles.without(lowest[:1])
    return rounds, ties, _Possible(frozenset())


def _the_same_for_each(piles: Piles, lowest: Sequence[str], possible: _Possible) -> bool:
    """Whether just these may be elected, whoever of the lowest leaves.

    Nobody is elected after leaving, so it cannot be the same for all if one of them may be elected.
    """
    if not possible.complete or len(possible.options) == 1:
        return possible.complete
    if not possible.options.isdisjoint(lowest):
        return False
    return all(_possible_winners(piles, [option], possible.options) == possible for option in lowest)


def _possible_winners(
    piles: Piles, lowest: Sequence[str], no_others: frozenset[str] | None = None
) -> _Possible:
    """Who is elected in at least one way on, with any of these leaving next. `no_others`: nobody else can be."""
    found: set[str] = set()
    seen: set[frozenset[str]] = set()
    open_ways = [(piles, [option]) for option in lowest]
    while open_ways and (no_others is None or found < no_others):
        before, losers = open_ways.pop()
        continuing = frozenset(before.tally).difference(losers)
        if continuing in seen or continuing <= found:
            continue
        seen.add(continuing)
        if len(seen) > WAYS:
            found |= continuing
            continue
        after = before.without(losers)
        if winner := after.majority():
            found.add(winner)
        else:
            open_ways += [(after, way) for way in _ways_on(after.tally)]
    return _Possible(frozenset(found), len(seen) <= WAYS)


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
