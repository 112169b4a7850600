"""The method of equal shares for participatory budgets (Peters, Pierczyński and Skowron 2021), in exact fractions.

Conventions of pabutools: the endowment is the budget divided by all ballots, empty ones included. Completion `add1`
gives every voter one unit of money more (whole: 1, not 0.01) and starts anew, until no project that somebody approves
of could be paid besides, or until the outcome would cost more than there is; then the one before holds, with the money
of the step before.
A project that costs nothing is had if anybody approves of it.
"""

from fractions import Fraction
from typing import Any, NamedTuple

from .budget import Budget, amount_text, read_budget
from .case import Case
from .course import Changed, Course, Walk
from .equal_shares import Position, Run, Step
from .wishes import Wishes

MOST_TRIES = 20_000  # runs of Add1, where ties do not go by name, before everything is called tied
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

    `vague`: there are too many ways; then one outcome is all that is sure and the other all that is possible.
    `walk` is at the end, or at the first tie that matters; `course` how it came there, and on from there.
    """

    ways: set[frozenset[int]]
    vague: bool
    walk: Walk
    added: int
    course: Course


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
    wishes = Wishes(budget)
    steps = _Steps(wishes)
    last: Outcomes | None = None
    ends: set[frozenset[int]] = set()
    now = steps.first()
    while True:
        if now.vague:
            return _shared(now, ends | now.ways | (last.ways if last else set()))
        if steps.tries > MOST_TRIES and not budget.by_name:
            return _shared(now, ends | {frozenset(), wishes.wanted})
        payable = {way for way in now.ways if budget.spent(way) <= budget.limit}
        going_on = {way for way in payable if add1 and not _exhaustive(wishes, way)}
        ends |= payable - going_on
        if last and len(payable) < len(now.ways):
            ends |= {way for way in last.ways if not _exhaustive(wishes, way)}
        if not going_on:
            return _shared(now if payable or last is None else last, ends)
        last, now = now, steps.after(now)


def _shared(now: Outcomes, ends: set[frozenset[int]]) -> Shared:
    sure, ever = frozenset.intersection(*ends), frozenset.union(*ends)
    run = now.walk.run
    purses = run.unspent() if ever == set(run.outcome()) else {}
    return Shared(sorted(sure), sorted(ever - sure), now.added, run.chosen, now.walk.broken, purses)


def _exhaustive(wishes: Wishes, way: frozenset[int]) -> bool:
    """Whether no other project that somebody approves of could be paid besides."""
    budget = wishes.budget
    left = budget.limit - budget.spent(way)
    return not any(budget.costs[project] <= left for project in wishes.wanted - way)


class _Steps:
    """The outcomes with more and more money. Steps that have the same outcomes as the last are leapt over."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._stride = 1
        self.tries = 0

    def first(self) -> Outcomes:
        return self._at(0)

    def after(self, last: Outcomes) -> Outcomes:
        """The next step; or a later one, where that one and all in between have the same outcomes as the last."""
        thorough = False
        while self._stride > 1:
            try:
                now = self._at(last.added + self._stride, last.course)
            except Changed as changed:
                if changed.unseen and not thorough:
                    last, thorough = self._at(last.added, thorough=True), True
                else:
                    self._stride //= 2
            else:
                self._stride = _stride(last.course, now.course, self._stride)
                return now
        now = self._at(last.added + 1)
        self._stride = _stride(last.course, now.course, 1)
        return now

    def _at(self, added: int, before: "Course | None" = None, *, thorough: bool = False) -> Outcomes:
        self.tries += 1
        return _outcomes(Walk(Run(self._wishes, added), thorough=thorough), added, before)


def _stride(before: Course, now: Course, steps: int) -> int:
    """A guess how many steps may go on like these: until the price of another falls to that of the one bought."""
    guess, straight = 2 * steps, True
    for old, new in zip(before.stages, now.stages):  # noqa: B905 (Python 3.9 knows no strict)
        if old.tied != new.tied:
            break
        straight = straight and old.thin[old.tied[0]] == new.thin[old.tied[0]]
        fall, gap = old.low - new.low, new.next - new.high
        if not straight and fall > 0 and gap > 0:
            guess = min(guess, int(min(guess, steps * gap / fall)))
    return max(1, guess)


def _outcomes(start: Walk, added: int, before: "Course | None") -> Outcomes:
    """Raises Changed unless all endowments between that of the course before and this one have the same."""
    course = start.on(before)
    if not course.tie:
        return Outcomes({frozenset(start.run.outcome())}, False, start, added, course)
    tree = _Tree()
    tree.grow(start, course, before)
    if tree.vague:
        if before:
            raise Changed
        sure = frozenset(start.run.outcome())
        return Outcomes({sure, sure | frozenset(start.run.open_projects())}, True, start, added, course)
    return Outcomes(tree.ways, False, start, added, course)


class _Tree:
    """The ways on from a tie. Ways that come to the same position go on as one."""

    def __init__(self) -> None:
        self.ways: set[frozenset[int]] = set()
        self.vague = False
        self._seen: set[Position] = set()
        self._leaned = self._bent = False

    def grow(self, start: Walk, course: Course, before: "Course | None") -> None:
        """Raises Changed."""
        to_try = [(start, course, before)]
        while to_try and not self.vague:
            walk, here, old = to_try.pop()
            if not here.tie:
                self.ways.add(frozenset(walk.run.outcome()))
            for project in here.tie:
                other, way = walk.way(project), old.ways.get(project) if old else None
                if old and not way:
                    raise Changed
                here.ways[project] = other.on(way)
                if self._is_new(other, here.ways[project], way):
                    to_try.append((other, here.ways[project], way))
            self.vague = len(self._seen) > MOST_WAYS
        # Two ways that are one at both ends may be two in between, unless nobody's purse bends.
        if self._leaned and self._bent:
            raise Changed

    def _is_new(self, walk: Walk, course: Course, before: "Course | None") -> bool:
        position = walk.run.position()
        self._leaned = self._leaned or walk.leaned
        if position not in self._seen:
            self._seen.add(position)
            return True
        self._bent = self._bent or not walk.straight
        if before and before.ways:
            raise Changed
        return False
