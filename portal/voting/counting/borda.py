"""Points by place: of n options the first on a paper gets n−1, the next n−2, the last none."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from . import rankings
from .case import Case
from .seated import seated

Truncated = Literal["zero", "average"]


class Points(NamedTuple):
    """`scores` are exact, in the order of the options. `valid` papers rank somebody, `blank` ones nobody."""

    winners: list[str]
    tied: list[str]
    scores: dict[str, Fraction]
    valid: int
    blank: int

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`; points as texts ("7", "7/2")."""
        return self._asdict() | {"scores": {option: str(points) for option, points in self.scores.items()}}


def recount(case: Case) -> dict[str, Any]:
    """`params`: `truncated` (`zero`, `average`), `seats`."""
    truncated: Truncated = "zero"
    if case.params.word("truncated", "zero", "average") == "average":
        truncated = "average"
    return count(case.ballots, case.options, truncated=truncated, seats=case.params.seats()).as_json()


def count(
    ballots: Iterable[Mapping[str, Any]],
    options: Sequence[str],
    *,
    truncated: Truncated = "zero",
    seats: int = 1,
) -> Points:
    """`{ranking, count}`. Options of equal rank get the mean of their places.

    What a paper does not rank gets nothing (`zero`) or the mean of the places that are left (`average`: so a paper
    that ranks nobody gives every option the same). If no paper ranks somebody, there is no winner and no tie.
    """
    papers, blank = rankings.weak(ballots, options)
    halves = dict.fromkeys(options, 0)  # half points, so that a mean of places is whole
    to_all = (len(options) - 1) * blank if truncated == "average" else 0
    for tiers, count in papers.items():
        unranked = len(options) - sum(map(len, tiers))
        to_rest = (unranked - 1) * count if unranked and truncated == "average" else 0
        to_all += to_rest
        place = len(options)
        for tier in tiers:
            mean = (2 * place - len(tier) - 1) * count - to_rest
            place -= len(tier)
            for option in tier:
                halves[option] += mean
    scores = {option: Fraction(points + to_all, 2) for option, points in halves.items()}
    sure, tied = seated(scores, seats) if papers else ([], [])
    return Points(sure, tied, scores, sum(papers.values()), blank)
