"""One run of the method of equal shares, exact.

Every voter has the same endowment. A project is bought by those who approve of it, each paying the same price or all
he has left; bought is always the project with the least price for its worth.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import chain
from typing import NamedTuple

from .purses import ROUNDING, Purses
from .wishes import Wishes

ANY = float("inf")
_LESS, _MORE = 1 - 8 * ROUNDING, 1 + 8 * ROUNDING
Worth = tuple[int, int]
"""The price for the worth of a project as a fraction, which means the same in every run."""
Position = tuple[frozenset[int], tuple[Fraction, ...]]


class Step(NamedTuple):
    """A purchase: `price` is what each of the `supporters` paid at most, in the amounts of the budget."""

    project: int
    price: Fraction
    supporters: int


class Price(NamedTuple):
    """What a project costs its supporters: the `poor` all they have, and `people` an equal part of the rest.

    `low`, `high`: bounds of the price for its worth, in parts of the endowment. `thin`: how many groups cannot pay an
    equal part, whether they have anything left or not.
    """

    project: int
    low: float
    high: float
    people: int
    poor: Sequence[int]
    thin: int


class Run:
    """The voters' purses and what was bought, with `added` units of money more for every voter."""

    def __init__(self, wishes: Wishes, added: int) -> None:
        budget, purses = wishes.budget, Purses(wishes, added)
        self.wishes, self.purses = wishes, purses
        self.chosen: list[Step] = []
        # What costs nothing is had by whoever wants it; it needs no purse.
        self.free = [p for p in sorted(wishes.wanted) if not budget.costs[p]]
        # Those who still have money, and some who have not.
        self._supporters = wishes.supporters[:]
        self._people = wishes.approvals[:]
        priced = wishes.wanted.difference(self.free) if purses.endowment else ()
        self._costs = {p: budget.costs[p] * purses.unit / purses.endowment for p in priced}
        self._worths = {p: self._costs[p] if budget.by_cost else 1.0 for p in priced}
        # (what its price for the worth is at the least, project). Purses only shrink, so the price never falls.
        self._open = [(self._costs[p] / self._people[p] / self._worths[p] * _LESS, p) for p in priced]
        heapify(self._open)
        self._rests: dict[int, int] = {}

    def copy(self) -> "Run":
        """To try another way from here."""
        other = object.__new__(Run)
        other.__dict__.update(self.__dict__)
        other.purses, other.chosen, other._open = self.purses.copy(), self.chosen[:], self._open[:]
        other._supporters, other._people = self._supporters[:], self._people[:]
        return other

    def outcome(self) -> list[int]:
        """The projects bought and those that cost nothing."""
        return self.free + [step.project for step in self.chosen]

    def open_projects(self) -> list[int]:
        """Those that may still be bought."""
        return sorted(project for _, project in self._open)

    def position(self) -> Position:
        """Equal where all that was bought and all to come is equal."""
        money = [self.purses.exact(group) for group in range(len(self.wishes.weights))]
        shown = {amount: Fraction(amount, self.purses.unit) for amount in set(money)}
        return frozenset(self.outcome()), tuple([shown[amount] for amount in money])

    def unspent(self) -> dict[int, Fraction]:
        """Of every project that was not bought: what those who approve of it have left together, in the amounts of
        the budget."""
        left = sorted(self.wishes.wanted.difference(self.outcome()))
        purses, supporters = self.purses, self.wishes.supporters
        return {p: Fraction(purses.together(supporters[p]), purses.unit) for p in left}

    def best(self, up_to: float = 0.0) -> tuple[list[Price], list[Price]]:
        """The projects with the least price for their worth (none: the run is over), and all whose price was looked
        at: no other has one of `up_to` or less."""
        seen: list[Price] = []
        least = ANY
        while self._open and self._open[0][0] <= max(least, up_to):
            low, project = heappop(self._open)
            price = self._price(project, low * self._worths[project] * _LESS)
            if price is not None:
                seen.append(price)
                least = min(least, price.high)
        for price in seen:
            heappush(self._open, (price.low, price.project))
        return self._least([price for price in seen if price.low <= least]), seen

    def next_low(self, tied: Sequence[Price], seen: Sequence[Price]) -> float:
        """What the price for its worth of any project that is not among the tied is at the least."""
        lows = (low for low, project in self._open if all(project != price.project for price in tied))
        return min(lows, default=ANY)

    def worth(self, price: Price) -> Worth:
        """Exactly: the price for the worth."""
        return self._rest(price), price.people * self.wishes.worth(price.project) * self.purses.unit

    def buy(self, price: Price) -> None:
        """Every supporter pays the price or empties his purse."""
        project = price.project
        paid = self.purses.pay(project, self._supporters[project], self._rest(price), price.people)
        self._open = [entry for entry in self._open if entry[1] != project]
        heapify(self._open)
        self._rests = {}
        share = Fraction(paid, self.purses.unit)
        self.chosen.append(Step(project, share, self.wishes.approvals[project]))

    def apart(self, tied: Sequence[Price]) -> list[Price]:
        """Those of the tied projects that share no voter with money with another of them."""
        shared = self._shared(tied)
        return [price for price in tied if shared.isdisjoint(self._supporters[price.project])]

    def in_nobodys_way(self, tied: Sequence[Price]) -> list[Price]:
        """Those of the tied projects that can be bought at their price before or after all others alike."""
        short = {group for group in self._shared(tied) if not self._can_pay_all(group, tied)}
        return [price for price in tied if short.isdisjoint(self._supporters[price.project])]

    def without_money(self, tied: Sequence[Price]) -> int:
        """How many groups that approve of a tied project have nothing left, counted once for every such project."""
        rough, supporters = self.purses.rough, self.wishes.supporters
        return sum([not rough[group] for price in tied for group in supporters[price.project]])

    def _shared(self, tied: Sequence[Price]) -> set[int]:
        wanted = Counter(chain.from_iterable(self._supporters[price.project] for price in tied))
        return {group for group, number in wanted.items() if number > 1 and self.purses.rough[group]}

    def _can_pay_all(self, group: int, tied: Sequence[Price]) -> bool:
        approved = set(self.wishes.approved[group])
        asked = [price for price in tied if price.project in approved]
        has, blur = self.purses.rough[group], self.purses.blur
        if has - blur > sum(price.high * self._worths[price.project] for price in asked) * _MORE:
            return True
        if has + blur < sum(price.low * self._worths[price.project] for price in asked) * _LESS:
            return False
        return self.purses.exact(group) >= sum(Fraction(self._rest(price), price.people) for price in asked)

    def _least(self, near: list[Price]) -> list[Price]:
        """The best of those that are too close to be told apart roughly."""
        if len(near) < 2:
            return near
        exact = [(Fraction(*self.worth(price)), price) for price in near]
        least = min(worth for worth, _ in exact)
        return sorted([price for worth, price in exact if worth == least], key=lambda price: price.project)

    def _rest(self, price: Price) -> int:
        """What those who pay alike owe together."""
        if price.project not in self._rests:
            cost = self.wishes.budget.costs[price.project] * self.purses.unit
            self._rests[price.project] = cost - self.purses.together(price.poor)
        return self._rests[price.project]

    def _price(self, project: int, share: float) -> "Price | None":
        """None if the supporters together cannot pay. `share`: no more than what each pays at most.

        Who has less than the share is poor; what the poor lack the others pay, and that raises the share. `slip` and
        `blur`: what the rest and the share may be wrong by.
        """
        purses, rough, weights = self.purses, self.purses.rough, self.wishes.weights
        rich, people, rest = self._supporters[project], self._people[project], self._costs[project]
        slip = rest * (len(rich) + 4) * ROUNDING
        poor: list[int] = []
        richest, share = 0.0, max(share, rest / people)
        blur = slip / people + share * ROUNDING
        while True:
            edge = share + blur + purses.blur
            more = [group for group in rich if rough[group] < edge]
            if not more:
                break
            poor += more
            number = sum([weights[group] for group in more])
            rest -= sum([rough[group] * weights[group] for group in more])
            slip, people = slip + number * purses.blur, people - number
            if not people:
                return None if rest > slip else self._exactly(project)
            richest = max([rough[group] for group in more])
            rich = [group for group in rich if rough[group] >= edge]
            share = rest / people
            blur = slip / people + share * ROUNDING
        if poor and richest > share - blur - purses.blur:
            return self._exactly(project)
        with_money = [group for group in poor if rough[group]]
        if 2 * len(with_money) < len(poor):
            self._supporters[project] = with_money + rich
            self._people[project] = people + sum([weights[group] for group in with_money])
        return self._priced(project, share, blur, people, with_money, len(rich))

    def _exactly(self, project: int) -> "Price | None":
        """The price where somebody has just about as much, or all together have just about enough."""
        purses, weights, supporters = self.purses, self.wishes.weights, self._supporters[project]
        money = {group: purses.exact(group) for group in supporters}
        number_of: Counter[int] = Counter()
        for group, amount in money.items():
            number_of[amount] += weights[group]
        rest, people = self.wishes.budget.costs[project] * purses.unit, self._people[project]
        for amount in sorted(number_of):
            if amount * people >= rest:
                break
            rest, people = rest - amount * number_of[amount], people - number_of[amount]
        if not people:
            return None
        poor = [group for group, amount in money.items() if amount * people < rest]
        share = rest / (people * purses.endowment)
        return self._priced(project, share, share * ROUNDING, people, poor, len(supporters) - len(poor))

    def _priced(
        self, project: int, share: float, blur: float, people: int, poor: Sequence[int], rich: int
    ) -> Price:
        worth = self._worths[project]
        low, high = (share - blur) / worth * _LESS, (share + blur) / worth * _MORE
        thin = len(self.wishes.supporters[project]) - rich
        return Price(project, low, high, people, poor, thin)
