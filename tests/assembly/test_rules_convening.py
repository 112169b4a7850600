"""Rules of calling owners together that need no database: wishes, packs of places, days."""

from datetime import timedelta
from typing import Any

import pytest

from portal.assembly.jurisdictions import NATIONAL, PACKS, pack
from portal.assembly.terms import check, earliest, full_days, hung_out_until, may_extend
from portal.assembly.wishes import ITEM_WORD, KINDS, UNANIMITY, WISHES
from portal.core import clock
from portal.core.errors import Invalid
from tests.assembly.convening import CLOSES, OPENS, terms
from tests.world import NOW


@pytest.mark.parametrize(
    ("wish", "item"),
    [
        ("change_manager", 4),
        ("covenant", 2),
        ("silence_clause", 1),
        ("recall", 3),
        ("replace_lift", 5),
        ("add_lift", 7),
        ("levy", 6),
        ("green_parking", 8),
        ("lawsuit", 9),
        ("dwelling_to_shop", UNANIMITY),
    ],
)
def test_a_wish_leads_to_its_item(wish: str, item: int) -> None:
    assert WISHES[wish].item == item


def test_every_wish_is_offered_once_and_every_item_can_be_reached() -> None:
    offered = [wish.key for kind in KINDS for wish in kind.wishes]
    assert len(offered) == len(set(offered)) == len(WISHES)
    assert {w.item for w in WISHES.values()} - {UNANIMITY} == set(ITEM_WORD) == set(range(1, 10))
    assert all(len(key) <= 32 for key in WISHES)


def test_packs_are_never_milder_than_the_country() -> None:
    national = PACKS[NATIONAL]
    for each in PACKS.values():
        assert each.notice_days >= national.notice_days
        assert each.least_notice(extraordinary=True) >= (7 if each.key == "hangzhou" else 15)
        assert each.roll_days >= national.roll_days
        assert len(each.key) <= 20
        assert each.laws
    assert pack("gone").key == NATIONAL


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", {"title": " "}),
        ("scope_reason", {"scope_reason": ""}),
        ("convener_name", {"convener_name": ""}),
        ("roll_days", {"roll_days": 14}),
        ("notice_days", {"notice_days": 91}),
        ("objection_days", {"objection_days": 0}),
        ("closes_at", {"closes_at": OPENS}),
        ("closes_at", {"opens_at": NOW - timedelta(days=9), "closes_at": NOW}),
        ("closes_at", {"closes_at": OPENS + timedelta(days=91)}),
        ("closes_at", {"jurisdiction": "hangzhou", "closes_at": OPENS + timedelta(days=4)}),
        ("closes_at", {"jurisdiction": "hangzhou", "closes_at": OPENS + timedelta(days=61)}),
        ("opens_at", {"opens_at": OPENS + timedelta(days=400), "closes_at": CLOSES + timedelta(days=400)}),
        ("proxy_cap", {"proxy_cap": 0}),
        ("max_extensions", {"max_extensions": -1}),
        ("count_parking", {"jurisdiction": "ningbo", "count_parking": True}),
        ("proxy_cap", {"jurisdiction": "weifang", "official_evote": True}),
        ("proxy_cap", {"jurisdiction": "weifang", "official_evote": True, "proxy_cap": 4}),
        ("official_evote", {"jurisdiction": "beijing"}),
        ("objection_days", {"jurisdiction": "qingyuan", "official_evote": True, "objection_days": 14}),
    ],
)
def test_terms_that_will_not_do(field: str, given: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refusal:
        check(terms(**given), NOW)
    assert refusal.value.field == field


PLACES: dict[str, dict[str, Any]] = {
    "beijing": {"official_evote": True, "least_seats": 5, "small_units": 100, "post_within": 3},
    "hangzhou": {"extraordinary_days": 7, "least_open_days": 5, "most_open_days": 60},
    "shanghai": {"least_seats": 5, "small_area": 1_000_000},
    "weifang": {"official_evote": True, "proxy_cap": 3},
    "qingyuan": {"official_evote": True, "objection_days": 15},
    "sichuan": {"official_evote": False},
    "ningbo": {"parking_never": True},
    "zhoushan": {"proxy_cap": None},
    "binzhou": {},
    "shandong": {},
    "taizhou": {"least_seats": 5, "most_seats": 11},
}
"""What is known of each place; everything else is the country's."""


@pytest.mark.parametrize("key", PLACES)
def test_a_place_states_what_is_known_of_it_and_its_source(key: str) -> None:
    national, each = PACKS[NATIONAL], PACKS[key]
    own = {"key", "label", "laws", "note", "barred"}
    figures = {f: v for f, v in each._asdict().items() if f not in own}
    assert figures == {f: getattr(national, f) for f in figures} | PLACES[key]
    assert set(each.laws) - set(national.laws)


def test_every_place_is_known_here() -> None:
    assert set(PLACES) == set(PACKS) - {NATIONAL}


@pytest.mark.parametrize(
    ("place", "extraordinary", "days", "enough"),
    [
        ("hangzhou", False, 14, False),
        ("hangzhou", False, 15, True),
        ("hangzhou", True, 6, False),
        ("hangzhou", True, 7, True),
        ("national", True, 14, False),
        ("sichuan", True, 15, True),
    ],
)
def test_the_notice_of_an_extraordinary_meeting(
    place: str, extraordinary: bool, days: int, enough: bool
) -> None:
    given = terms(jurisdiction=place, extraordinary=extraordinary, notice_days=days)
    if enough:
        check(given, NOW)
        return
    with pytest.raises(Invalid) as refusal:
        check(given, NOW)
    assert refusal.value.field == "notice_days"


def test_terms_that_will_do() -> None:
    check(terms(), NOW)
    check(terms(jurisdiction="weifang", official_evote=True, proxy_cap=3), NOW)
    check(terms(jurisdiction="hangzhou", closes_at=OPENS + timedelta(days=60)), NOW)


def test_the_day_of_hanging_out_does_not_count() -> None:
    """Hung out on 16 June: fifteen full days are 17 June to 1 July."""
    assert clock.local(hung_out_until(NOW, 15)).isoformat() == "2026-07-02T00:00:00+08:00"


def test_the_earliest_days_keep_both_terms() -> None:
    dates = earliest(NOW, 15, 15)
    assert dates.roll_until == hung_out_until(NOW, 15)
    assert (clock.local(dates.opens_at).date() - clock.local(dates.roll_until).date()).days == 16
    assert full_days(dates.roll_until, dates.opens_at) == 15
    assert dates.closes_at > dates.opens_at


@pytest.mark.parametrize(
    ("extended", "most", "may"),
    [(0, None, True), (50, None, True), (0, 0, False), (0, 1, True), (1, 1, False), (2, 1, False)],
)
def test_extensions_end_where_the_rules_say_so(extended: int, most: int | None, may: bool) -> None:
    assert may_extend(extended, most) is may
