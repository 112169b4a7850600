"""One run of the method of equal shares, exact, and how much more money would change nothing in it.

Every voter has the same endowment. A project is bought by those who approve of it, each paying the same price or all
he has left; bought is always the project with the least price for its worth. All amounts of a run are linear in the
endowment as long as every comparison made falls out the same; so the run also tells for how many more `step`s it does.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from .budget import Budget

EMPTY = 0


# (at, by): `at` + `by` for every step that the endowment grows, in parts of the run's `unit`. A plain pair: a run
# makes millions.
Sum = tuple[int, int]
Position = tuple[frozenset[int], tuple[tuple[Fraction, Fraction], ...]]


class Price(NamedTuple):
    """What each supporter pays at most: `rest` ÷ `people`, in parts of `unit`; `worth`: that for the project's worth.

    `worth` is (at, by, denominator), free of `unit`, so that it can be compared with those of other moments.
    """

    rest: Sum
    people: int
    worth: tuple[int, int, int]


class Step(NamedTuple):
    """A purchase: `price` is what each of the `supporters` paid at most, in the amounts of the budget."""

    project: int
    price: Fraction
    supporters: int


class Run:
    """The voters' purses and what was bought. Voters with the same past share a purse; `EMPTY` is of those without."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        voters = budget.voters
        self.chosen: list[Step] = []
        self.ties_broken: list[tuple[list[int], int]] = []
        self.same_for: int | None = None  # more steps with the same outcome; None: for ever
        self._weights = list(budget.papers.values())
        self._approvals = budget.approvals()
        self._purse_of = [1] * len(self._weights)
        self._purses = {EMPTY: (0, 0), 1: (budget.limit, voters * budget.scale)}
        self._unit = voters
        self._purses_in_use = self._next_purse = 2
        self._supporters: dict[int, list[int]] = {}
        for group, approved in enumerate(budget.papers):
            for project in approved:
                self._supporters.setdefault(project, []).append(group)
        # What costs nothing is had by whoever wants it; it needs no purse.
        self.free = [p for p in sorted(self._supporters) if not budget.costs[p]]
        self._bounds = {
            p: self._priced(p, (budget.costs[p], 0), self._approvals[p], 1).worth
            for p in self._supporters
            if budget.costs[p]
        }

    def with_added(self, steps: int) -> "Run":
        """The same before anything is bought, every voter with so many units of money more."""
        other, (at, by) = self.copy(), self._purses[1]
        other._purses[1] = (at + steps * by, by)
        return other

    def copy(self) -> "Run":
        """To try another way from here."""
        other = object.__new__(Run)
        other.__dict__.update(self.__dict__)
        other.chosen, other.ties_broken = [*self.chosen], [*self.ties_broken]
        other._purse_of, other._purses = [*self._purse_of], dict(self._purses)
        other._bounds = dict(self._bounds)
        return other

    def outcome(self) -> list[int]:
        """The projects bought and those that cost nothing."""
        return self.free + [step.project for step in self.chosen]

    def position(self) -> Position:
        """Equal where all that was bought and all to come is equal, with more money too."""
        unit = self._unit
        money = {purse: (Fraction(at, unit), Fraction(by, unit)) for purse, (at, by) in self._purses.items()}
        return frozenset(self.outcome()), tuple(money[purse] for purse in self._purse_of)

    def unspent(self) -> dict[int, Fraction]:
        """Of every project that was not bought: what those who approve of it have left together, in the amounts of
        the budget."""
        had = set(self.outcome())
        purses = {p: self._weights_by_purse(p).items() for p in sorted(self._supporters) if p not in had}
        return {
            p: Fraction(sum(self._purses[purse][0] * weight for purse, weight in of), self._unit)
            for p, of in purses.items()
        }

    def open_projects(self) -> list[int]:
        """Those that may still be bought."""
        return sorted(self._bounds)

    def best(self) -> dict[int, Price]:
        """The projects that can be bought for the least price for their worth; none: the run is over.

        A price for the worth never falls while purses empty, so an old one is a lower bound: who is above the best
        by that need not be looked at.
        """
        best: dict[int, Price] = {}
        bar: tuple[int, int, int] | None = None
        above: list[tuple[int, int, int]] = []
        for project in sorted(self._bounds, key=self._roughly):
            if bar is not None and _order(self._bounds[project], bar) > 0:
                above.append(self._bounds[project])
                continue
            price = self._price(project)
            if price is None:
                del self._bounds[project]
                continue
            self._bounds[project] = price.worth
            order = -1 if bar is None else _order(price.worth, bar)
            if order < 0:
                above.extend(other.worth for other in best.values())
                best, bar = {project: price}, price.worth
            elif order == 0:
                best[project] = price
            else:
                above.append(price.worth)
        if bar is not None:
            for worth in above:
                self._holds(worth[0] * bar[2] - bar[0] * worth[2] - 1, worth[1] * bar[2] - bar[1] * worth[2])
        return best

    def prefer(self, project: int, tied: dict[int, Price]) -> None:
        """Of the tied the project is bought: so it stays as long as no other becomes better."""
        bar = tied[project].worth
        for other in tied.values():
            self._holds(0, other.worth[1] * bar[2] - bar[1] * other.worth[2])

    def once(self) -> None:
        """Nothing is known of the run with more money."""
        self.same_for = 0

    def buy(self, project: int, price: Price) -> None:
        """Every supporter pays the price or empties his purse."""
        common = gcd(price.people, *price.rest)
        finer = price.people // common
        pay = (price.rest[0] // common, price.rest[1] // common)
        if finer > 1:
            self._purses = {purse: (at * finer, by * finer) for purse, (at, by) in self._purses.items()}
            self._unit *= finer
        after: dict[int, int] = {EMPTY: EMPTY}
        for group in self._supporters[project]:
            before = self._purse_of[group]
            if before not in after:
                after[before] = self._paid(before, pay)
            self._purse_of[group] = after[before]
        if len(self._purses) > 2 * self._purses_in_use:
            in_use = {EMPTY, *self._purse_of}
            self._purses = {purse: self._purses[purse] for purse in in_use}
            self._purses_in_use = len(in_use)
        del self._bounds[project]
        self.chosen.append(Step(project, Fraction(pay[0], self._unit), self._approvals[project]))

    def apart(self, tied: dict[int, Price]) -> list[int]:
        """Those of the tied projects that share no voter with money with another of them."""
        wanted: dict[int, int] = {}
        for project in tied:
            for group in self._supporters[project]:
                if self._purse_of[group] != EMPTY:
                    wanted[group] = wanted.get(group, 0) + 1
        return [p for p in tied if all(wanted.get(group, 1) == 1 for group in self._supporters[p])]

    def in_nobodys_way(self, tied: dict[int, Price]) -> Iterator[int]:
        """Those of the tied projects that can be bought at their price before or after all others alike."""
        prices = {p: Fraction(price.rest[0], price.people) for p, price in tied.items()}
        asked: dict[int, Fraction] = {}
        for project, price in prices.items():
            for group in self._supporters[project]:
                asked[group] = asked.get(group, Fraction(0)) + price
        for project, price in prices.items():
            paid = Fraction(0)
            for group in self._supporters[project]:
                money = Fraction(self._purses[self._purse_of[group]][0])
                last = min(asked[group], money) - min(asked[group] - price, money)
                paid += last * self._weights[group]
            if paid == self._budget.costs[project] * self._unit:
                yield project

    def _roughly(self, project: int) -> int:
        """Good enough to look at the likely best first; whatever the order, the best is found."""
        at, _, parts = self._bounds[project]
        return (at << 40) // parts

    def _paid(self, purse: int, pay: Sum) -> int:
        """The purse after the payment."""
        has = self._purses[purse]
        if has[0] < pay[0] or has == pay:
            return EMPTY
        number = self._next_purse
        self._next_purse += 1
        self._purses[number] = (has[0] - pay[0], has[1] - pay[1])
        return number

    def _price(self, project: int) -> "Price | None":
        """None if the supporters together cannot pay."""
        weights = self._weights_by_purse(project)
        cost = self._budget.costs[project] * self._unit
        purses = sorted((self._purses[purse], weight) for purse, weight in weights.items())
        short = cost - sum([at * weight for (at, _), weight in purses])
        growth = sum([by * weight for (_, by), weight in purses])
        if short > 0:
            self._holds(short - 1, -growth)
            return None
        self._holds(-short, growth)
        rest, growth, people = cost, 0, sum([weight for _, weight in purses])
        for place, ((at, by), weight) in enumerate(purses):
            if at * people >= rest:
                self._stays(purses[:place], purses[place:], (rest, growth), people)
                return self._priced(project, (rest, growth), people, self._unit)
            rest, growth, people = rest - at * weight, growth - by * weight, people - weight
        return None

    def _weights_by_purse(self, project: int) -> dict[int, int]:
        found: dict[int, int] = {}
        purse_of, weights = self._purse_of, self._weights
        for group in self._supporters[project]:
            purse = purse_of[group]
            found[purse] = found.get(purse, 0) + weights[group]
        found.pop(EMPTY, None)
        return found

    def _stays(
        self, poor: Sequence[tuple[Sum, int]], rich: Sequence[tuple[Sum, int]], rest: Sum, people: int
    ) -> None:
        """Who empties his purse does so, and who pays the full price can."""
        for (at, by), _ in poor:
            self._holds(rest[0] - at * people, rest[1] - by * people)
        for (at, by), _ in rich:
            self._holds(at * people - rest[0], by * people - rest[1])

    def _priced(self, project: int, rest: Sum, people: int, unit: int) -> Price:
        worth = self._budget.costs[project] if self._budget.by_cost else 1
        return Price(rest, people, (*rest, people * worth * unit))

    def _holds(self, at: int, by: int) -> None:
        """`at` + `by` a step is not negative now and must stay so."""
        if by < 0:
            steps = at // -by
            self.same_for = steps if self.same_for is None else min(self.same_for, steps)


def _order(one: tuple[int, int, int], other: tuple[int, int, int]) -> int:
    """Below zero, zero or above, as the worths stand with the endowment of the run."""
    return one[0] * other[2] - other[0] * one[2]
