"""What the methods that count duels have in common: how a case is read and what its result says."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import rankings
from .case import Case
from .pairwise import Defeats, Pairwise, Strength, condorcet_winner, defeats, preferences


class Survivors(NamedTuple):
    """Who is left by a method, in the order of the options; `complete` if no other can be among them."""

    options: list[str]
    complete: bool = True


class Duels(NamedTuple):
    """One survivor wins; more are tied. `valid` papers rank somebody, `blank` ones nobody.

    `all_ties_followed` is false if there were too many ways out of ties to follow each: some of `tied` may have
    no way to win.
    """

    winners: list[str]
    tied: list[str]
    pairwise: Pairwise
    condorcet_winner: str | None
    valid: int
    blank: int
    all_ties_followed: bool

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`."""
        return self._asdict()


Method = Callable[[Sequence[str], Defeats], Survivors]


def recount(case: Case, method: Method) -> dict[str, Any]:
    """`params`: `strength`."""
    return count(case.ballots, case.options, method, strength_of(case)).as_json()


def strength_of(case: Case) -> Strength:
    """What makes a defeat strong."""
    return (
        "margins"
        if case.params.word("strength", "winning_votes", "margins") == "margins"
        else "winning_votes"
    )


def count(
    ballots: Iterable[Mapping[str, Any]], options: Sequence[str], method: Method, strength: Strength
) -> Duels:
    """A count without a paper that ranks somebody has no winner and no tie."""
    papers, blank = rankings.weak(ballots, options)
    pairwise = preferences(papers, options)
    survivors, complete = method(options, defeats(pairwise, strength)) if papers else Survivors([])
    return Duels(
        winners=survivors if len(survivors) == 1 else [],
        tied=survivors if len(survivors) > 1 else [],
        pairwise=pairwise,
        condorcet_winner=condorcet_winner(pairwise) if papers else None,
        valid=sum(papers.values()),
        blank=blank,
        all_ties_followed=complete,
    )
