"""Any operations in any order, against the books of a naive clerk: after every step all checks hold, nobody is below
nothing, and the wallets hold what the clerk says."""

from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from portal.points.actions import following
from portal.points.models import Entry
from portal.points.refusals import Refused
from portal.points.words import Why
from tests.conftest import rolled_back
from tests.points.conftest import Books, assert_right, open_books
from tests.world import World

PEOPLE = ("owner", "tenant")
AMOUNTS = st.integers(1, 30)


class Clerk:
    """Keeps every point as one thing with a last day, and looks through all of them each time."""

    def __init__(self) -> None:
        self.purse: dict[str, list[date | None]] = {name: [] for name in PEOPLE}
        self.aside: dict[int, list[date | None]] = {}

    def usable(self, name: str, today: date) -> list[date | None]:
        fresh = [p for p in self.purse[name] if p is None or today < p]
        return sorted(fresh, key=lambda p: p or date.max)

    def pay(self, name: str, amount: int, today: date) -> list[date | None] | None:
        usable = self.usable(name, today)
        if len(usable) < amount:
            return None
        for point in usable[:amount]:
            self.purse[name].remove(point)
        return usable[:amount]


class Ledger(RuleBasedStateMachine):
    ground: tuple[Flask, World]
    earned: Any = Bundle("earned")
    holds: Any = Bundle("holds")
    spent: Any = Bundle("spent")

    def __init__(self) -> None:
        super().__init__()
        self.inside = ExitStack()
        self.inside.enter_context(rolled_back(self.ground[0]))
        self.books: Books = open_books(self.ground[1], budget=500, months=0)
        self.clerk, self.keys, self.pool = Clerk(), 0, 500

    def teardown(self) -> None:
        self.inside.close()

    def key(self) -> str:
        self.keys += 1
        return f"key:{self.keys}"

    @rule(target=earned, name=st.sampled_from(PEOPLE), amount=AMOUNTS, days=st.none() | st.integers(1, 60))
    def earn(self, name: str, amount: int, days: int | None) -> Any:
        last = None if days is None else self.books.day + timedelta(days)
        lasts = last or False
        if amount > self.pool:
            self.refuse(Why.BUDGET, lambda: self.books.earn(name, amount, self.key(), lasts=lasts))
            return multiple()
        self.pool -= amount
        self.clerk.purse[name] += [last] * amount
        return name, self.books.earn(name, amount, self.key(), lasts=lasts), last

    @rule(target=holds, name=st.sampled_from(PEOPLE), amount=AMOUNTS)
    def hold(self, name: str, amount: int) -> Any:
        key = self.key()
        paid = self.clerk.pay(name, amount, self.books.day)
        if paid is None:
            self.refuse(Why.SHORT, lambda: self.books.hold(name, amount, key))
            return multiple()
        held = self.books.hold(name, amount, key)
        assert self.books.hold(name, amount, key).id == held.id
        self.refuse(Why.SAME_KEY, lambda: self.books.hold(name, amount + 1, key))
        self.clerk.aside[held.id] = paid
        return name, held

    @rule(target=spent, one=holds)
    def confirm(self, one: tuple[str, Entry]) -> Any:
        name, held = one
        paid = self.clerk.aside.pop(held.id, None)
        if paid is None:
            self.refuse(Why.CLOSED, lambda: self.books.confirm(held, self.key()))
            return multiple()
        return name, self.books.confirm(held, self.key()), paid

    @rule(one=holds)
    def cancel(self, one: tuple[str, Entry]) -> None:
        name, held = one
        paid = self.clerk.aside.pop(held.id, None)
        if paid is None:
            self.refuse(Why.CLOSED, lambda: self.books.release(held, self.key()))
        else:
            self.books.release(held, self.key())
            self.clerk.purse[name] += paid

    @rule(one=spent)
    def give_back(self, one: tuple[str, Entry, list[date | None]]) -> None:
        name, entry, paid = one
        if entry.id in self.clerk.aside:
            self.refuse(Why.REVERSED, lambda: self.books.reverse(entry, self.key()))
            return
        self.books.reverse(entry, self.key())
        self.clerk.aside[entry.id] = []
        self.clerk.purse[name] += paid

    @rule(one=earned)
    def reverse(self, one: tuple[str, Entry, date | None]) -> None:
        """The clerk knows no lots, so whether one is whole the books say; what is left he says."""
        name, entry, lasts = one
        before = len(self.clerk.usable(name, self.books.day))
        try:
            self.books.reverse(entry, self.key())
        except Refused as refused:
            self.expect(refused.why, Why.REVERSED, Why.USED)
            return
        self.pool += entry.amount
        assert self.books.usable(name) == before - entry.amount
        for _point in range(entry.amount):
            self.clerk.purse[name].remove(lasts)

    @rule(one=earned, most=AMOUNTS)
    def take_back(self, one: tuple[str, Entry, date | None], most: int) -> None:
        """A part, as far as it is there; which part that is the books know, how much is gone the clerk sees."""
        name, entry, lasts = one
        before = self.books.usable(name)
        gone = following.take_back(self.books.clock(), entry, most=most, key=self.key())
        assert 0 <= gone <= min(most, entry.amount)
        assert self.books.usable(name) == before - gone
        self.pool += gone
        for _point in range(gone):
            self.clerk.purse[name].remove(lasts)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.books.day += timedelta(days)

    @rule(name=st.sampled_from(PEOPLE))
    def lapse(self, name: str) -> None:
        self.books.lapse(name)
        assert self.books.balance(name) == self.books.usable(name)

    def refuse(self, why: Why, does: Any) -> None:
        with pytest.raises(Refused) as refused:
            does()
        assert refused.value.why is why

    @staticmethod
    def expect(why: Why, *expected: Why) -> None:
        assert why in expected

    @invariant()
    def the_books_are_right(self) -> None:
        assert_right()
        for name in PEOPLE:
            assert self.books.usable(name) == len(self.clerk.usable(name, self.books.day))


def test_whatever_is_done_the_books_are_right(application: Flask, built: World) -> None:
    run_state_machine_as_test(
        type("Ground", (Ledger,), {"ground": (application, built)}),
        settings=settings(max_examples=12, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
