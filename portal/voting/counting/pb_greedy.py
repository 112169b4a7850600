"""The greedy rule of participatory budgets: the best value for money first, as long as it can be paid.

Convention of pabutools: what a project is worth to all voters divided by its cost; a project that cannot be paid any
more is passed over and the next is tried, also one that nobody approves of (`unsupported` names those funded so).
If no ballot approves of anything, nothing is funded.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, NamedTuple

from .budget import Budget, read_budget
from .case import Case

MOST_WAYS = 20_000  # ways to break ties that are looked at before everything in question is called tied


class Funded(NamedTuple):
    """`sure` are funded however ties are broken, `open` in some ways only. Projects by number.

    `steps`: (project, whether funded, what is left), as far as no tie was in the way.
    `broken`: (the tied projects that could be paid one by one, those of them that were funded).
    """

    sure: list[int]
    open: list[int]
    steps: list[tuple[int, bool, int]]
    broken: list[tuple[list[int], list[int]]]


def recount(case: Case) -> dict[str, Any]:
    """`params`: `utility`, `tie_break`; `completion` has nothing to complete here."""
    case.params.word("completion", "add1")
    budget = read_budget(case)
    done, approvals = count(budget), budget.approvals()
    return {
        "winners": budget.names(done.sure),
        "tied": budget.names(done.open),
        "spent": budget.text(budget.spent(done.sure)),
        "approvals": dict(zip(budget.options, approvals)),  # noqa: B905 (Python 3.9 knows no strict)
        **budget.as_json(),
        "unsupported": budget.names(p for p in done.sure if not approvals[p]),
        "steps": [
            {
                "project": budget.options[project],
                "approvals": approvals[project],
                "cost": budget.text(budget.costs[project]),
                "funded": funded,
                "left": budget.text(left),
            }
            for project, funded, left in done.steps
        ],
        "ties_broken": [
            {"among": budget.names(among), "taken": budget.names(taken)} for among, taken in done.broken
        ],
    }


def count(budget: Budget) -> Funded:
    """Projects of equal value that can all be paid are no tie."""
    done = Funded([], [], [], [])
    if not any(budget.approvals()):
        return done
    left = budget.limit
    ranks = _ranks(budget)
    for place, rank in enumerate(ranks):
        payable = [project for project in rank if budget.costs[project] <= left]
        tie = budget.spent(payable) > left and len(payable) > 1
        if tie and not budget.by_name:
            sure, ever = _open_ranks(budget, ranks[place:], left)
            done.sure.extend(sorted(sure))
            done.open.extend(sorted(ever - sure))
            break
        taken = []
        for project in sorted(rank, key=budget.options.__getitem__):
            funded = budget.costs[project] <= left
            left -= budget.costs[project] if funded else 0
            taken += [project] if funded else []
            done.steps.append((project, funded, left))
        done.sure.extend(taken)
        if tie:
            done.broken.append((payable, taken))
    return done


def _ranks(budget: Budget) -> list[list[int]]:
    """Projects of equal value for money together, the best first. What costs nothing and is wanted comes first."""
    ranks: dict[tuple[bool, Fraction], list[int]] = {}
    for project, approvals in enumerate(budget.approvals()):
        cost = budget.costs[project]
        free = not cost and approvals > 0
        value = Fraction(approvals) if budget.by_cost or not cost else Fraction(approvals, cost)
        ranks.setdefault((free, value), []).append(project)
    return [ranks[value] for value in sorted(ranks, reverse=True)]


class TooMany(Exception):
    """There are more ways to break ties than anyone could look at."""


class Way(NamedTuple):
    """One way to break the ties of a rank. `sure` are funded in it, `perhaps` too or a like project instead."""

    sure: frozenset[int]
    perhaps: frozenset[int]
    left: int


def _open_ranks(
    budget: Budget, ranks: Sequence[Sequence[int]], left: int
) -> tuple[frozenset[int], frozenset[int]]:
    """With so much left before these ranks: the projects funded in every way to break ties, and in any.

    Where there are too many ways to look at them all, everything that could be paid is open.
    """
    try:
        reached = _all_ways(budget.costs, ranks, left)
    except TooMany:
        return frozenset(), frozenset(p for rank in ranks for p in rank if budget.costs[p] <= left)
    ends = {way.left for found in reached[-1].values() for way in found}
    later = {end: (frozenset[int](), frozenset[int]()) for end in ends}
    for ways in reversed(reached):
        later = {now: _any_of(found, later) for now, found in ways.items()}
    return later[left]


def _all_ways(costs: Sequence[int], ranks: Sequence[Sequence[int]], left: int) -> list[dict[int, list[Way]]]:
    """For every rank, by what may be left before it. Raises TooMany."""
    reached: list[dict[int, list[Way]]] = []
    lefts, looked_at = {left}, 0
    for rank in ranks:
        ways = {now: list(_ways(costs, rank, now)) for now in lefts}
        looked_at += sum(map(len, ways.values()))
        if looked_at > MOST_WAYS:
            raise TooMany
        reached.append(ways)
        lefts = {way.left for found in ways.values() for way in found}
    return reached


def _any_of(
    ways: Sequence[Way], later: Mapping[int, tuple[frozenset[int], frozenset[int]]]
) -> tuple[frozenset[int], frozenset[int]]:
    sure = [way.sure | later[way.left][0] for way in ways]
    ever = [way.perhaps | later[way.left][1] for way in ways]
    return frozenset.intersection(*sure), frozenset.union(*ever)


def _ways(costs: Sequence[int], rank: Sequence[int], left: int) -> Iterator[Way]:
    """The ways to take projects of a rank until no more of it can be paid. Raises TooMany.

    Projects of equal cost are alike: only how many of them are taken makes a difference.
    """
    payable = [p for p in rank if costs[p] <= left]
    number_of = Counter(costs[p] for p in payable)
    if sum(cost * number for cost, number in number_of.items()) <= left:
        yield Way(frozenset(payable), frozenset(payable), left - sum(costs[p] for p in payable))
        return
    tries = [range(min(most, left // cost) + 1) for cost, most in number_of.items()]
    if prod(map(len, tries)) > MOST_WAYS:
        raise TooMany
    for numbers in product(*tries):
        taken = dict(zip(number_of, numbers))  # noqa: B905 (Python 3.9 knows no strict)
        rest = left - sum(cost * number for cost, number in taken.items())
        more = any(cost <= rest and taken[cost] < most for cost, most in number_of.items())
        if rest >= 0 and not more:
            sure = frozenset(p for p in payable if taken[costs[p]] == number_of[costs[p]])
            yield Way(sure, frozenset(p for p in payable if taken[costs[p]]), rest)
