"""A question of a participatory budget: projects with costs, a sum to spend, and who approves of what."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple

from .case import Ballot, Case
from .params import is_whole
from .unreadable import Unreadable

BY_NAME = "lexicographic project id"
_AMOUNT = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18}|/[0-9]{1,18})?", re.ASCII)


class Budget(NamedTuple):
    """Projects are numbered as the options stand. Amounts are whole: those of the case times `scale`."""

    options: list[str]
    costs: list[int]
    limit: int
    scale: int
    papers: dict[tuple[int, ...], int]
    """How many voters approve of just these projects (numbers rising); a voter may approve of none."""
    by_cost: bool
    """A funded project is worth its cost to those who approve of it; else every project is worth the same."""
    by_name: bool
    """Ties go to the project whose name comes first, character by character; else they are reported."""

    @property
    def voters(self) -> int:
        return sum(self.papers.values())

    def approvals(self) -> list[int]:
        """By project."""
        found = [0] * len(self.options)
        for approved, papers in self.papers.items():
            for project in approved:
                found[project] += papers
        return found

    def names(self, projects: Iterable[int]) -> list[str]:
        """In the order of the options."""
        return [self.options[project] for project in sorted(projects)]

    def spent(self, projects: Iterable[int]) -> int:
        return sum(self.costs[project] for project in projects)

    def as_json(self) -> dict[str, Any]:
        """What was asked, for whoever explains a result: the sum, the costs, and how many ballots there were."""
        return {
            "budget": self.text(self.limit),
            "costs": {option: self.text(cost) for option, cost in zip(self.options, self.costs)},  # noqa: B905 (Python 3.9)
            "ballots": self.voters,
        }

    def text(self, amount: "int | Fraction") -> str:
        """A whole amount as the case writes it."""
        return amount_text(Fraction(amount) / self.scale)


def read_budget(case: Case) -> Budget:
    """`params`: `utility` cost or cardinality, `tie_break` null or the name of the one way. Raises Unreadable."""
    missing = [option for option in case.options if option not in case.costs]
    if missing:
        raise Unreadable(f"costs: {missing[0]!r} has none")
    costs = [_amount(case.costs[option], f"costs: {option!r}") for option in case.options]
    limit = _amount(case.budget, "budget")
    scale = lcm(limit.denominator, *(cost.denominator for cost in costs))
    if case.params.value("tie_break") not in (None, BY_NAME):
        raise Unreadable(f"params.tie_break: null or {BY_NAME!r} is needed")
    return Budget(
        options=case.options,
        costs=[int(cost * scale) for cost in costs],
        limit=int(limit * scale),
        scale=scale,
        papers=_papers(case.ballots, case.options),
        by_cost=case.params.word("utility", "cost", "cardinality") == "cost",
        by_name=case.params.value("tie_break") is not None,
    )


def amount_text(amount: Fraction) -> str:
    """A decimal where it ends ("12.5"), else a fraction ("25/3")."""
    digits, rest = 0, amount.denominator
    while rest % 10 == 0:
        digits, rest = digits + 1, rest // 10
    for prime in (2, 5):
        while rest % prime == 0:
            digits, rest = digits + 1, rest // prime
    if rest != 1:
        return str(amount)
    whole, part = divmod(int(amount * 10**digits), 10**digits)
    return f"{whole}.{part:0{digits}}".rstrip("0").rstrip(".") if digits else str(whole)


def _papers(ballots: Iterable[Ballot], options: list[str]) -> dict[tuple[int, ...], int]:
    """A mark made twice counts once; a mark for no option counts for nothing, and the voter is still one."""
    numbers = {option: number for number, option in enumerate(options)}
    papers: Counter[tuple[int, ...]] = Counter()
    for ballot in ballots:
        papers[_approved(ballot, numbers)] += ballot.get("count", 1)
    return {approved: voters for approved, voters in papers.items() if voters}


def _approved(ballot: Ballot, numbers: Mapping[str, int]) -> tuple[int, ...]:
    marks = ballot.get("approve") or ()
    return tuple(sorted({numbers[mark] for mark in marks if isinstance(mark, str) and mark in numbers}))


def _amount(value: Any, name: str) -> Fraction:
    """A whole number or a text: "100", "99.50", "25/3". Not negative, and no binary fraction."""
    text = str(value) if is_whole(value) else value
    if not isinstance(text, str) or not _AMOUNT.fullmatch(text):
        raise Unreadable(f'{name}: an amount like "1200.50" is needed')
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise Unreadable(f"{name}: nothing can be divided by 0") from None
