"""Shops and their agreements: by date, whatever the state says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.actor import Actor, system
from portal.core.db import db
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.partners.actions.agreeing import (
    decline_merchant,
    end_due,
    end_merchant,
    resume_merchant,
    sign_agreement,
    suspend_merchant,
    visit_merchant,
)
from portal.partners.actions.joining import amend_merchant, apply_merchant, enter_merchant, name_keeper
from portal.partners.actions.offering import amend_offer, pause_offer, resume_offer
from portal.partners.models import Agreement, PartnerMerchant
from portal.partners.words import MerchantState, OfferState, Payer
from portal.places.models import Place
from tests.partners.conftest import SHOP, TERMS, TODAY, Mall, applied, partner
from tests.world import NOW, World

YEAR, LONGER = TODAY + timedelta(days=365), TODAY + timedelta(days=400)


def test_nobody_signs_with_a_shop_nobody_has_seen(world: World) -> None:
    shop = applied(world)
    with pytest.raises(Conflict, match="走访"):
        sign_agreement(world.secretary, shop, starts=TODAY, ends=YEAR, payer=Payer.OWN, once="a")
    assert shop.state is MerchantState.APPLIED
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Agreement)) == 0


def test_a_shop_without_a_phone_is_entered_by_staff(world: World) -> None:
    community = world.get(Place, "community")
    shop = enter_merchant(world.worker, community, shop=SHOP, once="s")
    assert [shop.keeper_id] == [None]
    assert enter_merchant(world.worker, community, shop=SHOP, once="s").id == shop.id
    with pytest.raises(NotAllowed):
        enter_merchant(world.tenant, community, shop=replace(SHOP, name="别家"), once="t")
    with pytest.raises(Invalid, match="已经有一家"):
        apply_merchant(world.merchant, community, shop=SHOP, once="u")
    name_keeper(world.worker, shop, phone="19900000007")
    db.session.refresh(shop)
    assert shop.keeper_id == world.ids["merchant"]
    with pytest.raises(Invalid):
        name_keeper(world.worker, shop, phone="19999999999")


def test_it_is_a_partner_only_while_the_agreement_runs(world: World) -> None:
    shop = partner(world, ends=TODAY + timedelta(days=10))
    assert shop.runs(TODAY)
    assert shop.runs(TODAY + timedelta(days=9))
    assert not shop.runs(TODAY + timedelta(days=10))
    sign_agreement(world.secretary, shop, starts=TODAY, ends=YEAR, payer=Payer.POOL, once="renewed")
    assert shop.runs(TODAY + timedelta(days=10))
    with pytest.raises(Invalid):
        sign_agreement(world.secretary, shop, starts=TODAY, ends=YEAR, payer=Payer.POOL, once="shorter")


def test_the_clock_ends_what_is_over_and_nothing_else(world: World) -> None:
    shop = partner(world, ends=TODAY + timedelta(days=10))
    assert end_due(system(NOW)) == 0
    with pytest.raises(Conflict, match="写明为什么"):
        end_merchant(world.secretary, shop)
    with clock.frozen(NOW + timedelta(days=10)):
        assert end_due(system(clock.now())) == 1
        assert shop.state is MerchantState.ENDED
        sign_agreement(
            world.secretary, shop, starts=clock.today(), ends=YEAR, payer=Payer.OWN, once="once more"
        )
        assert shop.runs(clock.today())


def test_suspended_with_a_reason_and_resumed(world: World) -> None:
    shop = partner(world)
    with pytest.raises(Invalid):
        suspend_merchant(world.secretary, shop, reason=" ")
    suspend_merchant(world.secretary, shop, reason="正在装修")
    assert not shop.runs(TODAY)
    resume_merchant(world.worker, shop)
    assert shop.runs(TODAY)
    end_merchant(world.secretary, shop, reason="搬走了")
    assert shop.because == "搬走了"


def test_declined_for_good(world: World) -> None:
    shop = applied(world)
    decline_merchant(world.worker, shop, reason="没有执照")
    assert shop.state is MerchantState.DECLINED
    with pytest.raises(NotAllowed):
        amend_merchant(world.merchant, shop, shop=SHOP)


def test_the_neighbour_of_the_shop_changes_nothing(mall: Mall) -> None:
    with pytest.raises(NotAllowed):
        amend_merchant(mall.world.owner, mall.shop, shop=SHOP)
    with pytest.raises(NotAllowed):
        pause_offer(mall.world.owner, mall.offer())


@pytest.mark.parametrize(
    "act",
    [
        lambda staff, shop: visit_merchant(staff, shop, day=TODAY, note="好", once="own"),
        lambda staff, shop: sign_agreement(
            staff, shop, starts=TODAY, ends=LONGER, payer=Payer.OWN, once="own"
        ),
        lambda staff, shop: name_keeper(staff, shop, phone=""),
        lambda staff, shop: suspend_merchant(staff, shop, reason="装修"),
        lambda staff, shop: end_merchant(staff, shop, reason="搬走"),
    ],
)
def test_staff_who_keep_a_shop_do_not_act_for_the_community_on_it(
    world: World, act: Callable[[Actor, PartnerMerchant], object]
) -> None:
    shop = partner(world, who="worker", staff="secretary")
    with pytest.raises(NotAllowed, match="自己的店"):
        act(world.worker, shop)
    act(world.secretary, replace_keeper(shop, world))


def replace_keeper(shop: PartnerMerchant, world: World) -> PartnerMerchant:
    """The same shop in the hands of a merchant: what was refused for the keeper's sake goes."""
    name_keeper(world.secretary, shop, phone="19900000007")
    return shop


def test_an_offer_is_changed_for_those_who_come_later(mall: Mall) -> None:
    offer = mall.offer(left=5)
    had = mall.redeem("owner", offer)
    terms = replace(TERMS, title="豆浆一杯", cost=3, left=10)
    amend_offer(mall.world.merchant, offer, terms=terms, version=0, left_seen=5)
    assert (had.title, had.cost) == ("豆浆油条一份", 6)
    assert offer.left == 9, "what was taken while he wrote stays taken"
    with pytest.raises(Conflict):
        amend_offer(mall.world.merchant, offer, terms=terms, version=0, left_seen=10)
    mall.cancel(had, "owner")
    assert offer.left == 10
    assert mall.usable("owner") == 20


@pytest.mark.parametrize(
    "terms", [{"cost": 0}, {"cost": -6}, {"cost": 1001}, {"left": -1}, {"title": " "}, {"each": 0}]
)
def test_terms_that_will_not_do(mall: Mall, terms: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        mall.offer(**terms)


def test_paused_and_resumed(mall: Mall) -> None:
    offer = mall.offer()
    pause_offer(mall.world.worker, offer)
    with pytest.raises(Conflict, match="停了"):
        mall.redeem("owner", offer)
    resume_offer(mall.world.merchant, offer)
    assert offer.state is OfferState.OPEN
