"""Papers: how marks are written down, read back, handed to the count, and what is wrong with them. Pure.

Options go by their position on the paper. A paper without a mark is blank (弃权) whatever the method.

| marks a paper | choices | written |
|---|---|---|
| one, several, budget | positions | `0,3` rising |
| ranking | positions, the first preference first; what is not ranked comes after all that is | `2>0>1` |
| scores | position → score; what has none is left out | `0=5,2=3` |
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from . import motions
from .words import Method

Choices = Sequence[int] | Mapping[int, int]


class Kind(StrEnum):
    """What a voter does with the paper."""

    ONE = "one"
    SEVERAL = "several"
    SCORES = "scores"
    RANKING = "ranking"
    BUDGET = "budget"


KIND: dict[Method, Kind] = {
    Method.RESOLUTION: Kind.ONE,
    Method.PLURALITY: Kind.ONE,
    Method.APPROVAL: Kind.SEVERAL,
    Method.SCORE: Kind.SCORES,
    Method.IRV: Kind.RANKING,
    Method.SCHULZE: Kind.RANKING,
    Method.RANKED_PAIRS: Kind.RANKING,
    Method.BORDA: Kind.RANKING,
    Method.STV_SCOTTISH: Kind.RANKING,
    Method.STV_MEEK: Kind.RANKING,
    Method.PB_MES: Kind.BUDGET,
    Method.PB_GREEDY: Kind.BUDGET,
}

FEWEST_OPTIONS = 2
MOST_OPTIONS: dict[Kind, int] = {
    Kind.ONE: 8,
    Kind.SEVERAL: 12,
    Kind.SCORES: 12,
    Kind.RANKING: 12,
    Kind.BUDGET: 30,
}
"""One choice must be taken in at a glance; to rank or to score, each option is held against every other, and more
than a dozen nobody holds apart; projects of a budget are gone through one by one, like a list of purchases."""
MOST_NAMES = 40
"""People and groups who were put forward are gone through one by one too, and only a few are marked."""
LONGEST_MARKS = 120
"""Characters that the marks of any paper need at most: forty names take 109."""


def written(method: Method, choices: Choices) -> str:
    """The marks as the box keeps them; `choices` fit the method."""
    if isinstance(choices, Mapping):
        return ",".join(f"{n}={score}" for n, score in sorted(choices.items()))
    if KIND[method] is Kind.RANKING:
        return ">".join(map(str, choices))
    return ",".join(map(str, sorted(choices)))


def read(method: Method, marks: str) -> Choices:
    """What was `written`."""
    if KIND[method] is Kind.SCORES:
        scored = (mark.split("=") for mark in marks.split(",") if mark)
        return {int(n): int(score) for n, score in scored}
    between = ">" if KIND[method] is Kind.RANKING else ","
    return tuple(int(n) for n in marks.split(between)) if marks else ()


def ballot(method: Method, marks: str, titles: Sequence[str]) -> dict[str, Any]:
    """The paper as a line of a count case."""
    choices = read(method, marks)
    if method is Method.RESOLUTION:
        return {"choice": motions.MARKS[choices[0]] if choices else motions.ABSTAIN}
    if isinstance(choices, Mapping):
        return {"scores": {titles[n]: score for n, score in choices.items()}}
    chosen = [titles[n] for n in choices]
    if KIND[method] is Kind.ONE:
        return {"choice": chosen[0] if chosen else None}
    return {"ranking" if KIND[method] is Kind.RANKING else "approve": chosen}


def named(method: Method, titles: Sequence[str]) -> list[str]:
    """The options as a count case names them."""
    return [*motions.MARKS, motions.ABSTAIN] if method is Method.RESOLUTION else list(titles)


class Sheet(NamedTuple):
    """What is printed on a paper, as far as its marks depend on it. Amounts are 分."""

    method: Method
    options: int
    fewest: int = 1
    most: int | None = None
    lowest: int = 0
    highest: int = 0
    costs: Sequence[int] = ()
    budget: int | None = None
    """None where the choices of one paper may cost more than there is."""

    @property
    def kind(self) -> Kind:
        return KIND[self.method]

    def cost(self, choices: Choices) -> int:
        """Of the projects chosen."""
        return sum(self.costs[n] for n in choices)


def sheet(
    method: Method, options: int, params: Mapping[str, Any], budget: int | None, costs: Sequence[int]
) -> Sheet:
    """The paper of a poll: `params` as in its count file."""
    return Sheet(
        method=method,
        options=options,
        fewest=params.get("min_choices", 1),
        most=1 if KIND[method] is Kind.ONE else params.get("max_choices"),
        lowest=params.get("min", 0),
        highest=params.get("max", 0),
        costs=costs,
        budget=budget if params.get("within_budget") else None,
    )


class Flaw(StrEnum):
    """What is wrong with the marks a voter sent."""

    OTHER_KIND = "other_kind"
    UNKNOWN = "unknown"
    DOUBLED = "doubled"
    TOO_MANY = "too_many"
    TOO_FEW = "too_few"
    OFF_SCALE = "off_scale"
    OVER_BUDGET = "over_budget"


def flaw(paper: Sheet, choices: Choices) -> Flaw | None:
    """A paper that the portal takes is valid or blank; an invalid one is given back to be mended."""
    if not choices:
        return None
    if isinstance(choices, Mapping) is not (paper.kind is Kind.SCORES):
        return Flaw.OTHER_KIND
    if any(not 0 <= n < paper.options for n in choices):
        return Flaw.UNKNOWN
    if isinstance(choices, Mapping):
        on_scale = all(paper.lowest <= score <= paper.highest for score in choices.values())
        return None if on_scale else Flaw.OFF_SCALE
    if len(set(choices)) != len(choices):
        return Flaw.DOUBLED
    if paper.most is not None and len(choices) > paper.most:
        return Flaw.TOO_MANY
    if len(choices) < paper.fewest:
        return Flaw.TOO_FEW
    over = paper.budget is not None and paper.cost(choices) > paper.budget
    return Flaw.OVER_BUDGET if over else None
