"""A programme with a full pool, and operations on its books in few words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.actor import Actor, system
from portal.core.db import db
from portal.places.models import Place
from portal.points import checks
from portal.points.actions.earning import earn
from portal.points.actions.lapsing import lapse
from portal.points.actions.opening import issue, open_merchant, open_pool, open_programme, open_wallet
from portal.points.actions.reversing import reverse
from portal.points.actions.spending import confirm, hold, release
from portal.points.models import Account, Entry, Pool, Programme
from portal.points.queries import accounts
from portal.points.words import Deed
from tests.world import NOW, World

BUDGET = 100_000
TODAY = clock.local(NOW).date()


@dataclass
class Books:
    """The books of the world's community; every operation is the portal's, on a day."""

    world: World
    programme: Programme
    pool: Pool
    day: date = TODAY

    def clock(self) -> Actor:
        return system(clock.at(self.day, 9))

    def wallet(self, name: str) -> Account:
        return open_wallet(self.clock(), self.programme, user_id=self.world.ids[name])

    def shop(self, number: int = 1) -> Account:
        return open_merchant(self.clock(), self.programme, merchant_id=number)

    def earn(self, name: str, amount: Any, key: str, **more: Any) -> Entry:
        given = {"pool": self.pool, "deed": Deed.OTHER, **more}
        return earn(
            self.clock(), self.programme, user_id=self.world.ids[name], amount=amount, key=key, **given
        )

    def hold(self, name: str, amount: Any, key: str, **more: Any) -> Entry:
        given = {"until": clock.at(self.day, 9, 15), "source": "offer:1", **more}
        return hold(self.clock(), self.wallet(name), amount=amount, key=key, **given)

    def confirm(self, held: Entry, key: str = "", shop: int = 1) -> Entry:
        return confirm(self.clock(), held, merchant=self.shop(shop), key=key or f"confirm:{held.id}")

    def release(self, held: Entry, key: str = "") -> Entry:
        return release(self.clock(), held, key=key or f"release:{held.id}")

    def redeem(self, name: str, amount: Any, key: str) -> Entry:
        return self.confirm(self.hold(name, amount, key), f"confirm:{key}")

    def reverse(self, entry: Entry, key: str = "", reason: str = "记错了") -> Entry:
        return reverse(self.clock(), entry, key=key or f"reverse:{entry.id}", reason=reason)

    def lapse(self, name: str) -> int:
        return lapse(self.clock(), self.wallet(name))

    def usable(self, name: str) -> int:
        return accounts.usable(self.wallet(name), self.day)

    def balance(self, name: str) -> int:
        return accounts.balance(self.wallet(name))

    def later(self, days: int) -> "Books":
        return replace(self, day=self.day + timedelta(days))


def open_books(world: World, budget: int = BUDGET, **more: Any) -> Books:
    programme = open_programme(world.secretary, world.get(Place, "community"), pool="社区积分池", **more)
    pool = db.session.query(Pool).filter_by(programme_id=programme.id).one()
    issue(world.secretary, pool, amount=budget, key="first", reason="年初预算")
    return Books(world, programme, pool)


@pytest.fixture
def books(world: World) -> Books:
    return open_books(world)


@pytest.fixture
def another_pool(world: World, books: Books) -> Callable[[str], Pool]:
    return lambda name: open_pool(world.secretary, books.programme, name=name)


def assert_right() -> None:
    """Every check of `flask points audit`."""
    assert list(checks.wrong()) == []
