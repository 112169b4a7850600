"""The market day: set once for every month, left out with a reason, stalls of shops, the calendar of a phone."""

from datetime import date, timedelta

import pytest

from portal.core import clock
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.waiting import waiting_for
from portal.councils.actions.table import found_council
from portal.partners.actions.agreeing import suspend_merchant
from portal.partners.actions.marketing import give_up_stall, leave_out, set_market, take_stall
from portal.partners.models import Market
from portal.partners.queries.markets import days, stalls
from portal.places.models import Place
from tests.conftest import Client
from tests.partners.conftest import TODAY, Mall
from tests.world import NOW, World

JUNE_19, JULY_19 = date(2026, 6, 19), date(2026, 7, 19)


@pytest.fixture
def market(mall: Mall) -> Market:
    place = mall.world.get(Place, "community")
    return set_market(mall.world.secretary, place, venue="中心广场", begins=540, ends=660)


def test_it_is_the_19th_of_every_month(market: Market) -> None:
    assert [d.day for d in days(market, TODAY)][:2] == [JUNE_19, JULY_19]
    assert days(market, date(2026, 12, 20))[0].day == date(2027, 1, 19)


def test_set_by_staff_and_set_anew(mall: Mall, market: Market) -> None:
    place = mall.world.get(Place, "community")
    with pytest.raises(NotAllowed):
        set_market(mall.world.merchant, place, venue="我店门口", begins=540, ends=660)
    for begins, ends in ((660, 540), (-1, 60), (60, 1440)):
        with pytest.raises(Invalid):
            set_market(mall.world.worker, place, venue="广场", begins=begins, ends=ends)
    again = set_market(mall.world.worker, place, venue="社区大厅", begins=600, ends=700)
    assert (again.id, again.venue) == (market.id, "社区大厅")


def test_a_shop_says_that_it_comes(mall: Mall, market: Market) -> None:
    take_stall(mall.world.merchant, mall.shop, brings="豆浆")
    take_stall(mall.world.merchant, mall.shop, brings="豆浆和油条")
    assert [(s.name, s.brings) for s in stalls(mall.shop.place_path, JUNE_19)] == [("晖记早餐", "豆浆和油条")]
    for day in (date(2026, 6, 20), date(2026, 5, 19)):
        with pytest.raises(Invalid):
            take_stall(mall.world.merchant, mall.shop, brings="豆浆", day=day)
    with pytest.raises(Conflict, match="到期"):
        take_stall(mall.world.merchant, mall.shop, brings="豆浆", day=date(2027, 7, 19))
    give_up_stall(mall.world.merchant, mall.shop)
    assert not stalls(mall.shop.place_path, JUNE_19)
    with pytest.raises(Conflict):
        give_up_stall(mall.world.merchant, mall.shop)
    suspend_merchant(mall.world.secretary, mall.shop, reason="装修")
    with pytest.raises(NotAllowed):
        take_stall(mall.world.merchant, mall.shop, brings="豆浆")


def test_left_out_once_with_a_reason(mall: Mall, market: Market) -> None:
    with pytest.raises(Invalid):
        leave_out(mall.world.worker, market, reason=" ")
    leave_out(mall.world.worker, market, reason="台风")
    with pytest.raises(Conflict):
        leave_out(mall.world.worker, market, reason="还是台风")
    assert [(d.day, d.because) for d in days(market, TODAY)][:2] == [(JUNE_19, "台风"), (JULY_19, "")]
    with pytest.raises(Conflict):
        take_stall(mall.world.merchant, mall.shop, brings="豆浆")
    with clock.frozen(NOW.replace(day=20)):
        take_stall(mall.world.merchant, mall.shop, brings="豆浆")


def waits(world: World, who: str) -> list[tuple[str, str]]:
    return [
        (w.kind, w.title) for w in waiting_for(world.actor(who)) if "market" in w.kind or "stall" in w.kind
    ]


def test_shops_are_asked_a_week_before_and_everybody_is_told_on_the_eve(mall: Mall, market: Market) -> None:
    world, noon = mall.world, timedelta(hours=12)
    asked, eve, day = (
        ("take_stall", "晖记早餐"),
        ("market_tomorrow", "中心广场"),
        ("market_today", "中心广场"),
    )
    for date_, told in (
        (date(2026, 6, 11), []),
        (date(2026, 6, 12), [asked]),
        (date(2026, 6, 18), [asked, eve]),
        (JUNE_19, []),
    ):
        with clock.frozen(clock.at(date_) + noon):
            assert waits(world, "merchant") == told, date_
            assert waits(world, "owner") == [kind for kind in told if kind != asked]
            assert waits(world, "neighbour") == []
    with clock.frozen(clock.at(JUNE_19, 10)):
        assert waits(world, "owner") == [day]
    with clock.frozen(clock.at(date(2026, 6, 18))):
        take_stall(world.merchant, mall.shop, brings="豆浆")
        assert waits(world, "merchant") == [eve]
        leave_out(world.worker, market, reason="台风")
        assert waits(world, "merchant") == waits(world, "owner") == []


def test_it_stands_in_the_calendar_of_the_council(client: Client, mall: Mall, market: Market) -> None:
    world = mall.world
    council = found_council(world.administrator, world.get(Place, "community"), name="梧桐社区议事会")
    leave_out(world.worker, market, reason="台风")
    client.sign_in("owner")
    shown = client.get("/meetings/calendar").text
    assert "便民活动日" in shown
    assert "台风" in shown
    feed = client.get(f"/councils/{council.id}/meetings.ics").text
    assert feed.count("SUMMARY:便民活动日") == 6
    assert "STATUS:CANCELLED" in feed
    own = client.get("/market.ics").text
    uids = {line for line in own.splitlines() if line.startswith("UID")}
    assert uids <= set(feed.splitlines()), "a phone that has both shows the day once"


def test_its_pages(client: Client, mall: Mall) -> None:
    assert "还没有定" in client.get("/market").text
    assert client.get("/market.ics").status_code == 404
    client.sign_in("secretary")
    given = {"venue": "中心广场", "begins": "09:00", "ends": "08:00", "about": "下雨改大厅"}
    assert client.submit("/market/edit", given).status_code == 422
    assert client.submit("/market/edit", given | {"ends": "11:30"}).status_code == 303
    assert "09:00" in client.get("/market/edit").text
    client.sign_in("merchant")
    assert 'name="brings"' in client.get("/market").text
    stall = {"shop": str(mall.shop.id), "brings": ""}
    assert client.submit("/market", stall).status_code == 422
    assert client.submit("/market", stall | {"brings": "豆浆"}).status_code == 303
    assert "晖记早餐" in client.sign_in("visitor").get("/market").text
    client.sign_in("owner")
    assert client.submit("/market", stall | {"brings": "我的"}).status_code == 403
    shown = client.get("/market").text
    assert "晖记早餐" in shown
    assert "09:00—11:30" in shown
    feed = client.get("/market.ics")
    assert feed.mimetype == "text/calendar"
    assert "DTSTART:20260619T010000Z" in feed.text
    client.sign_in("secretary")
    assert client.submit("/market/leaving-out", {"reason": "台风"}).status_code == 303
    assert "台风" in client.get("/market").text
    assert "STATUS:CANCELLED" in client.get("/market.ics").text
    client.sign_in("merchant")
    assert 'name="brings"' not in client.get("/market").text, "nobody signs up for a day that is left out"
