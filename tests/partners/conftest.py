"""A shop with an agreement, points in the wallets of two people, and what is done with them in few words."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from portal.accounts import identity
from portal.core import clock
from portal.core.actor import Actor, system
from portal.partners.actions.agreeing import sign_agreement, visit_merchant
from portal.partners.actions.joining import Shop, apply_merchant
from portal.partners.actions.offering import Terms, make_offer
from portal.partners.actions.redeeming import cancel, expire_due, redeem
from portal.partners.actions.settling import ask, give
from portal.partners.models import Offer, PartnerMerchant, Redemption
from portal.partners.words import Gift, Payer, Trade
from portal.places.models import Place
from tests.points.conftest import Books, assert_right, open_books
from tests.world import NOW, World

TODAY = clock.local(NOW).date()
LATER = NOW + timedelta(minutes=15)
SHOP = Shop("晖记早餐", Trade.FOOD, "3栋底商", "5:30—10:00", "现磨豆浆。", "早餐\n送餐", "志愿者帮忙搬货")
TERMS = Terms(Gift.GOODS, "豆浆油条一份", 6, TODAY, left=50)


@dataclass
class Mall:
    """The test community's shops."""

    world: World
    books: Books
    shop: PartnerMerchant

    def offer(self, once: str = "offer", **terms: Any) -> Offer:
        return make_offer(self.world.merchant, self.shop, terms=replace(TERMS, **terms), once=once)

    def redeem(self, who: str, offer: Offer, once: str = "") -> Redemption:
        return redeem(self.world.actor(who), offer, once=once or f"{who}-{offer.id}")

    def settle(self, redemption: Redemption, who: str = "merchant") -> Redemption:
        """The counter types the digits, and their owner nods."""
        ask(self.world.actor(who), self.shop, typed=redemption.code)
        give(self.person(redemption.user_id), redemption)
        return redemption

    def person(self, user_id: int) -> Actor:
        return identity.actor_of(identity.load([user_id])[user_id])

    def cancel(self, redemption: Redemption, who: str) -> None:
        cancel(self.world.actor(who), redemption)

    def clock(self) -> Actor:
        return system(clock.now())

    def tick(self) -> int:
        return expire_due(self.clock())

    def usable(self, who: str) -> int:
        """After all checks of the books."""
        assert_right()
        return self.books.usable(who)


def applied(
    world: World, name: str = "晖记早餐", who: str = "merchant", community: str = "community"
) -> PartnerMerchant:
    shop = replace(SHOP, name=name)
    return apply_merchant(world.actor(who), world.get(Place, community), shop=shop, once=f"shop {name}")


def partner(
    world: World,
    name: str = "晖记早餐",
    ends: date | None = None,
    who: str = "merchant",
    starts: date = TODAY,
    community: str = "community",
    staff: str = "worker",
) -> PartnerMerchant:
    shop = applied(world, name, who, community)
    visit_merchant(world.actor(staff), shop, day=starts, note="证照齐全，店面干净。", once=f"visit {name}")
    sign_agreement(
        world.actor("secretary" if staff == "worker" else staff),
        shop,
        starts=starts,
        ends=ends or TODAY + timedelta(days=365),
        payer=Payer.OWN,
        once=f"signed {name}",
    )
    return shop


def open_mall(world: World, books: Books | None = None) -> Mall:
    books = books or open_books(world)
    for name in ("owner", "tenant"):
        books.earn(name, 20, f"mall {name}")
    return Mall(world, books, partner(world))


@pytest.fixture
def mall(world: World) -> Mall:
    return open_mall(world)
