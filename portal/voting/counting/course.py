"""The course of a run of equal shares: what it buys, stage by stage; and whether it stays the same with more money.

As long as the same is bought, everybody's purse is at every stage the fuller, and every price the lower, the larger the
endowment is. So where two runs buy the same, the purses and prices of all runs with an endowment in between lie between
theirs: what is dearer for its worth at the upper end than the project bought is at the lower end is never bought in
between. And as long as the same voters pay all they have, everything changes in proportion: then what holds at both
ends holds in between.
"""

from collections.abc import Sequence
from typing import NamedTuple

from .equal_shares import ANY, Price, Run, Worth
from .purses import ROUNDING

APART = -1
_LESS, _MORE = 1 - 8 * ROUNDING, 1 + 8 * ROUNDING


class Stage(NamedTuple):
    """`project` is bought, or none in a tie that matters. `tied`: those with the least price for their worth.

    `without_money`: groups that approve of one of them and have nothing left; APART if that cannot matter.
    `worth`, `low`, `high`: the least price for the worth; `next`: what the others cost at the least. `thin`: of the
    projects looked at, how many groups cannot pay an equal part.
    """

    project: "int | None"
    tied: tuple[int, ...]
    without_money: int
    worth: Worth
    low: float
    high: float
    next: float
    thin: dict[int, int]


class Changed(Exception):
    """It is not certain that all runs in between do the same. `unseen`: it might be if the course before had looked at
    every price."""

    def __init__(self, *, unseen: bool = False) -> None:
        super().__init__()
        self.unseen = unseen


class Course:
    """`stages` until the run is over, or up to a tie that matters. `ways`: how it goes on with each of the tied."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self.ways: dict[int, Course] = {}

    @property
    def tie(self) -> tuple[int, ...]:
        last = self.stages[-1] if self.stages else None
        return last.tied if last and last.project is None else ()


class Walk:
    """A run that goes its course; beside that of a run with less money if one is given.

    `broken`: (tied projects, the one taken) where ties go by name. `straight`: until here the same voters as before
    paid all they had; `leaned`: that was needed to know that nothing changes in between.
    """

    def __init__(self, run: Run, *, thorough: bool = False) -> None:
        self.run = run
        self.broken: list[tuple[list[int], int]] = []
        self.straight, self.leaned = True, False
        self._thorough = thorough
        self._tied: list[Price] = []
        budget, purses = run.wishes.budget, run.purses
        # Prices for the worth are parts of the endowment, but where that is the cost they are the same in every run.
        self._size = 1.0 if budget.by_cost else purses.endowment / (purses.unit * budget.scale)

    def way(self, project: int) -> "Walk":
        """Another, on which this one of the tied is bought."""
        other = object.__new__(Walk)
        other.__dict__.update(self.__dict__)
        other.run, other.broken = self.run.copy(), self.broken[:]
        other.run.buy(next(price for price in self._tied if price.project == project))
        return other

    def on(self, before: "Course | None" = None) -> Course:
        """Goes on until the run is over, or to a tie that matters.

        Beside a course before: raises Changed unless every run with an endowment in between does the same.
        """
        course, known = Course(), before.stages if before else []
        while True:
            old = known[len(course.stages)] if len(course.stages) < len(known) else None
            tied, seen = self.run.best(self._up_to(old))
            if before and bool(tied) != bool(old):
                raise Changed
            if not tied:
                return course
            first, stage = self._stage(tied, seen)
            if old:
                self._compare(old, stage, first or tied[0], seen)
            course.stages.append(stage)
            if first is None:
                self._tied = tied
                return course
            self.run.buy(first)

    def _up_to(self, old: "Stage | None") -> float:
        """What is of this price or less must be looked at."""
        if self._thorough:
            return ANY
        return old.high / self._size * _MORE if old else 0.0

    def _stage(self, tied: Sequence[Price], seen: Sequence[Price]) -> "tuple[Price | None, Stage]":
        first, without_money = self._choice(tied)
        least = first or tied[0]
        return first, Stage(
            project=first.project if first else None,
            tied=tuple([price.project for price in tied]),
            without_money=without_money,
            worth=self.run.worth(least),
            low=least.low * self._size,
            high=least.high * self._size,
            next=self.run.next_low(tied, seen) * self._size,
            thin={price.project: price.thin for price in seen},
        )

    def _choice(self, tied: Sequence[Price]) -> "tuple[Price | None, int]":
        """Which of the tied is bought, if it makes no difference or ties go by name; and `without_money`."""
        if len(tied) == 1:
            return tied[0], APART
        if self.run.wishes.budget.by_name:
            first = min(tied, key=lambda price: self.run.wishes.rank[price.project])
            if first not in self.run.in_nobodys_way(tied):
                self.broken.append(([price.project for price in tied], first.project))
            return first, APART
        apart = self.run.apart(tied)
        if apart:
            return apart[0], APART
        return next(iter(self.run.in_nobodys_way(tied)), None), self.run.without_money(tied)

    def _compare(self, old: Stage, now: Stage, first: Price, seen: Sequence[Price]) -> None:
        """Raises Changed unless all runs in between are at this stage like the one before and this one."""
        if now.project != old.project:
            raise Changed
        by_name = self.run.wishes.budget.by_name
        if not by_name and (now.tied, now.without_money) != (old.tied, old.without_money):
            raise Changed
        same_poor = self.straight and old.thin[first.project] == first.thin
        for price in seen:
            if price.project == first.project or self._stays_behind(old, now, first, price):
                continue
            if not same_poor or old.thin.get(price.project) != price.thin:
                raise Changed(unseen=same_poor and price.project not in old.thin)
            self.leaned = True
        self.straight = same_poor

    def _stays_behind(self, old: Stage, now: Stage, first: Price, other: Price) -> bool:
        """Whether the other is no better than the first in any run in between, by its price here and that before."""
        wishes, size = self.run.wishes, self._size
        if other.low * size * _LESS > old.high * _MORE:
            return True
        if wishes.budget.by_name:
            gives_way = wishes.rank[first.project] < wishes.rank[other.project]
        else:
            gives_way = other.project in now.tied
        if gives_way and wishes.alike[first.project] == wishes.alike[other.project]:
            return True
        if other.high * size * _MORE < old.low * _LESS:
            return False
        here = self.run.worth(other)
        order = here[0] * old.worth[1] - old.worth[0] * here[1]
        return order >= 0 if gives_way else order > 0
