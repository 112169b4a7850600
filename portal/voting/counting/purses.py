"""What the voters have left in a run of equal shares: roughly at once, exactly where it is asked for.

A voter who still has money has the endowment less the prices of all that was bought and he approves of. So the exact
amount follows from a few prices, and by group only a floating-point number is kept, with a bound of its error. It tells
apart what is far apart; it decides nothing.
"""

from collections.abc import Collection, Iterable
from math import gcd

from .wishes import Wishes

ROUNDING = 2.0**-52
"""Twice what one operation on floating-point numbers may be wrong by, in parts of its result."""

LEAST = 5e-324
"""The smallest number above nothing."""


class Purses:
    """Exact amounts are whole, in parts of a `unit` that grows finer with every payment; `rough` ones are parts of the
    endowment, wrong by `blur` at the most, and 0.0 for those who have nothing left."""

    def __init__(self, wishes: Wishes, added: int) -> None:
        budget = wishes.budget
        self._wishes = wishes
        self.unit = budget.voters
        self.endowment = budget.limit + added * budget.voters * budget.scale
        self.paid: dict[int, int] = {}
        self.rough = [1.0 if self.endowment else 0.0] * len(wishes.weights)
        self.blur = 0.0

    def copy(self) -> "Purses":
        other = object.__new__(Purses)
        other.__dict__.update(self.__dict__)
        other.paid, other.rough = dict(self.paid), self.rough[:]
        return other

    def exact(self, group: int) -> int:
        """Of one voter of the group."""
        if not self.rough[group]:
            return 0
        paid = self.paid
        return self.endowment - sum([paid[p] for p in self._wishes.approved[group] if p in paid])

    def together(self, groups: Iterable[int]) -> int:
        """Of all voters of these groups."""
        approved, weights, rough = self._wishes.approved, self._wishes.weights, self.rough
        payers, voters = dict.fromkeys(self.paid, 0), 0
        for group in groups:
            if rough[group]:
                weight = weights[group]
                voters += weight
                for project in approved[group]:
                    if project in payers:
                        payers[project] += weight
        return voters * self.endowment - sum([self.paid[p] * number for p, number in payers.items()])

    def pay(self, project: int, supporters: Collection[int], rest: int, people: int) -> int:
        """Each supporter pays `rest` ÷ `people` or empties his purse. Gives the price, in parts of the finer unit."""
        common = gcd(rest, people)
        price, finer = rest // common, people // common
        if finer > 1:
            self.unit *= finer
            self.endowment *= finer
            self.paid = {p: amount * finer for p, amount in self.paid.items()}
        share, near = price / self.endowment, self.blur + ROUNDING
        close = self._take(supporters, share, near)
        for group in close:
            left = self.exact(group) - price
            self.rough[group] = left / self.endowment or LEAST if left > 0 else 0.0
        self.paid[project] = price
        self.blur = near
        return price

    def _take(self, supporters: Iterable[int], share: float, near: float) -> list[int]:
        """Gives those of whom it is not clear whether anything is left; their purses stay as they are."""
        rough = self.rough
        close = []
        for group in supporters:
            left = rough[group] - share
            if left > near:
                rough[group] = left
            elif left < -near:
                rough[group] = 0.0
            elif rough[group]:
                close.append(group)
        return close
