"""Every option gets a score on every paper; the highest sum, or the highest mean, wins."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from .case import Case
from .params import is_whole
from .seated import seated
from .unreadable import Unreadable

Unscored = Literal["min", "ignore"]
Aggregate = Literal["sum", "mean"]


class Scale(NamedTuple):
    """The lowest and the highest score that a paper may give; none is too high where no highest is stated."""

    lowest: int = 0
    highest: int | None = None


class Scores(NamedTuple):
    """`values` decide: the sum of an option's scores, or their mean, exact; None is no score at all, hence no mean.

    `totals` are the sums, `scored` how many papers gave the option a score. `valid` + `invalid` = all papers.
    """

    winners: list[str]
    tied: list[str]
    values: dict[str, Fraction | None]
    totals: dict[str, int]
    scored: dict[str, int]
    valid: int
    invalid: int

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`; values and totals as texts ("7", "7/2")."""
        return self._asdict() | {
            "values": {o: None if value is None else str(value) for o, value in self.values.items()},
            "totals": {o: str(total) for o, total in self.totals.items()},
        }


def recount(case: Case) -> dict[str, Any]:
    """`params`: `min`, `max`, `unscored` (`min`, `ignore`), `aggregate` (`sum`, `mean`), `seats`."""
    unscored: Unscored = "min" if case.params.word("unscored", "min", "ignore") == "min" else "ignore"
    aggregate: Aggregate = "sum" if case.params.word("aggregate", "sum", "mean") == "sum" else "mean"
    scored = count(
        case.ballots,
        case.options,
        scale=_scale(case),
        unscored=unscored,
        aggregate=aggregate,
        seats=case.params.seats(),
    )
    return scored.as_json()


def count(
    ballots: Iterable[Mapping[str, Any]],
    options: Sequence[str],
    *,
    scale: Scale,
    unscored: Unscored = "min",
    aggregate: Aggregate = "sum",
    seats: int = 1,
) -> Scores:
    """`{scores: {option: whole number}, count}`; null is no score.

    A score off the scale, no whole number, or for an unknown option makes the paper invalid. What a valid paper does
    not score has the lowest score of it (`min`) or none (`ignore`). If no valid paper scores anything, there is no
    winner and no tie.
    """
    given, scored = dict.fromkeys(options, 0), dict.fromkeys(options, 0)
    valid = invalid = 0
    for ballot in ballots:
        papers, scores = ballot.get("count", 1), _read(ballot.get("scores"), given, scale)
        if scores is None:
            invalid += papers
            continue
        valid += papers
        for option, score in scores.items():
            given[option] += score * papers
            scored[option] += papers
    totals, heard = given, scored
    if unscored == "min":
        totals = {o: total + scale.lowest * (valid - scored[o]) for o, total in given.items()}
        heard = dict.fromkeys(options, valid)
    values: dict[str, Fraction | None] = {
        o: Fraction(total) if aggregate == "sum" else Fraction(total, heard[o]) if heard[o] else None
        for o, total in totals.items()
    }
    known = {o: value for o, value in values.items() if value is not None}
    sure, tied = seated(known, seats) if any(scored.values()) else ([], [])
    return Scores(sure, tied, values, totals, scored, valid, invalid)


def _read(scores: Any, known: Mapping[str, int], scale: Scale) -> dict[str, int] | None:
    """What a paper scores; None if it is invalid."""
    if scores is None:
        return {}
    if not isinstance(scores, Mapping) or not scores.keys() <= known.keys():
        return None
    given = scores
    if None in scores.values():
        given = {option: score for option, score in scores.items() if score is not None}
    return dict(given) if _on(scale, given.values()) else None


def _on(scale: Scale, scores: Collection[Any]) -> bool:
    if not scores:
        return True
    if not all(map(is_whole, scores)) or min(scores) < scale.lowest:
        return False
    return scale.highest is None or max(scores) <= scale.highest


def _scale(case: Case) -> Scale:
    """Either end may be below zero. Raises Unreadable."""
    lowest, highest = case.params.value("min"), case.params.value("max")
    if not all(end is None or is_whole(end) for end in (lowest, highest)):
        raise Unreadable("params.min, params.max: no whole number")
    scale = Scale(lowest or 0, highest)
    if scale.highest is not None and scale.highest < scale.lowest:
        raise Unreadable("params.max: less than params.min")
    return scale
