"""The method of equal shares for participatory budgets (Peters, Pierczyński and Skowron 2021), in exact fractions.

Conventions of pabutools: the endowment is the budget divided by all ballots, empty ones included. Completion `add1`
gives every voter one unit of money more (whole: 1, not 0.01) and starts anew, until no project that somebody approves
of could be paid besides, or until the outcome would cost more than there is; then the one before holds.
A project that costs nothing is had if anybody approves of it.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from .budget import Budget, amount_text, read_budget
from .case import Case
from .equal_shares import Price, Run, Step

MOST_TRIES = (
    5_000  # outcomes of Add1 looked at, where ties do not go by name, before everything is called tied
)
MOST_WAYS = 300  # ways to break ties that are followed before everything in question is called tied


class Shared(NamedTuple):
    """`sure` are bought however ties are broken, `open` in some ways only; `added` to every endowment (units).

    `steps`: the purchases, as far as no tie was in the way. `broken`: (tied projects, the one taken).
    `purses`: what those who approve of a project that was not bought have left together; none where there are ties.
    """

    sure: list[int]
    open: list[int]
    added: int
    steps: list[Step]
    broken: list[tuple[list[int], int]]
    purses: dict[int, Fraction]


class Outcomes(NamedTuple):
    """Of one endowment: the sets of projects that ways to break ties lead to.

    `same_for`: with how many more units added they are the same; None: with any number.
    `vague`: there are too many ways; then one outcome is all that is sure and the other all that is possible.
    `run` is at the end, or at the first tie that matters.
    """

    ways: set[frozenset[int]]
    vague: bool
    run: Run
    added: int
    same_for: "int | None"


def recount(case: Case) -> dict[str, Any]:
    """`params`: `utility`, `completion`, `tie_break`."""
    budget = read_budget(case)
    done = count(budget, add1=case.params.word("completion", "null", "add1") == "add1")
    approvals = budget.approvals()
    endowment = (
        Fraction(budget.limit, budget.scale * budget.voters) + done.added if budget.voters else Fraction(0)
    )
    return {
        "winners": budget.names(done.sure),
        "tied": budget.names(done.open),
        "spent": budget.text(budget.spent(done.sure)),
        "approvals": dict(zip(budget.options, approvals)),  # noqa: B905 (Python 3.9 knows no strict)
        **budget.as_json(),
        "endowment": amount_text(endowment),
        "added": done.added,
        "steps": [
            {
                "project": budget.options[step.project],
                "cost": budget.text(budget.costs[step.project]),
                "supporters": step.supporters,
                "each_at_most": budget.text(step.price),
            }
            for step in done.steps
        ],
        "supporters_left": {budget.options[p]: _down(left, budget) for p, left in done.purses.items()},
        "ties_broken": [
            {"among": budget.names(among), "taken": budget.options[taken]} for among, taken in done.broken
        ],
    }


def _down(amount: Fraction, budget: Budget) -> str:
    """Cut to two decimals: shares of shares have long denominators, and what falls short must not look enough."""
    return amount_text(Fraction(amount * 100 // budget.scale, 100))


def count(budget: Budget, *, add1: bool = False) -> Shared:
    """Projects of equal price that are in nobody's way are no tie."""
    if not budget.voters:
        return Shared([], [], 0, [], [], {})
    start, added = Run(budget), 0
    wanted = {project for approved in budget.papers for project in approved}
    last: Outcomes | None = None
    ends: set[frozenset[int]] = set()
    tries = 0
    while True:
        tries += 1
        now = _outcomes(start, budget, added)
        if now.vague:
            return _shared(now, ends | now.ways | (last.ways if last else set()))
        if tries > MOST_TRIES and not budget.by_name:
            return _shared(now, ends | {frozenset(), frozenset(wanted)})
        payable = {way for way in now.ways if budget.spent(way) <= budget.limit}
        going_on = {way for way in payable if add1 and not _exhaustive(budget, wanted, way)}
        ends |= payable - going_on
        if last and len(payable) < len(now.ways):
            ends |= {way for way in last.ways if not _exhaustive(budget, wanted, way)}
        if not going_on or now.same_for is None:
            return _shared(now if payable or last is None else last, ends | going_on)
        last, added = now, added + now.same_for + 1


def _shared(now: Outcomes, ends: set[frozenset[int]]) -> Shared:
    sure, ever = frozenset.intersection(*ends), frozenset.union(*ends)
    run = now.run
    purses = run.unspent() if ever == set(run.outcome()) else {}
    return Shared(sorted(sure), sorted(ever - sure), now.added, run.chosen, run.ties_broken, purses)


def _exhaustive(budget: Budget, wanted: set[int], way: frozenset[int]) -> bool:
    """Whether no other project that somebody approves of could be paid besides."""
    left = budget.limit - budget.spent(way)
    return not any(budget.costs[project] <= left for project in wanted - way)


def _outcomes(start: Run, budget: Budget, added: int) -> Outcomes:
    run = start.with_added(added)
    if not _until_tie(run, budget):
        return Outcomes({frozenset(run.outcome())}, False, run, added, run.same_for)
    ways: set[frozenset[int]] = set()
    seen, to_try, ends = set(), [run], []
    while to_try:
        here = to_try.pop()
        if not here.open_projects():
            ways.add(frozenset(here.outcome()))
            ends.append(here.same_for)
            continue
        for other in _next(here, budget):
            position = other.position()
            if position not in seen:
                seen.add(position)
                to_try.append(other)
        if len(seen) > MOST_WAYS:
            return _vague(run, added)
    return Outcomes(ways, False, run, added, min((end for end in ends if end is not None), default=None))


def _vague(run: Run, added: int) -> Outcomes:
    sure = frozenset(run.outcome())
    return Outcomes({sure, sure | frozenset(run.open_projects())}, True, run, added, None)


def _next(run: Run, budget: Budget) -> Iterator[Run]:
    """The ways to go on after the tie that the run stands at."""
    for project in _until_tie(run, budget):
        other = run.copy()
        other.buy(project, other.best()[project])
        _until_tie(other, budget)
        yield other


def _until_tie(run: Run, budget: Budget) -> list[int]:
    """Buy until a tie that matters, and give the tied; or until nothing more can be bought."""
    while best := run.best():
        project = min(best, key=budget.options.__getitem__)
        if budget.by_name:
            _by_name(run, project, best)
        else:
            harmless = _harmless(run, best)
            if harmless is None:
                return sorted(best)
            project = harmless
        run.buy(project, best[project])
    return []


def _by_name(run: Run, project: int, best: dict[int, Price]) -> None:
    """The tie, if it is one, goes to the project."""
    run.prefer(project, best)
    if len(best) > 1 and project not in run.in_nobodys_way(best):
        run.ties_broken.append((sorted(best), project))


def _harmless(run: Run, best: dict[int, Price]) -> int | None:
    """One of the tied that may be bought first, because it makes no difference to the others; None: a tie it is."""
    apart = run.apart(best)
    if apart:
        run.prefer(apart[0], best)
        return apart[0]
    for project in run.in_nobodys_way(best):
        run.once()
        return project
    for project in best:
        run.prefer(project, best)
    return None
