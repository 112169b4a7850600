"""Lots without a database: when they lapse, and in which order they pay."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.points.lots import Lot, Take, expires_on, lapsed, takes, usable

TODAY = date(2026, 6, 16)
DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))
LOTS = st.lists(
    st.builds(Lot, st.integers(1, 10**6), st.integers(0, 50), st.none() | DAYS), unique_by=lambda lot: lot.id
)


@pytest.mark.parametrize(
    ("earned", "months", "until"),
    [
        (date(2025, 6, 10), 24, date(2027, 6, 11)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2025, 1, 31), 1, date(2025, 3, 1)),
        (date(2025, 12, 31), 24, date(2028, 1, 1)),
        (date(2025, 6, 10), 0, None),
    ],
)
def test_what_is_earned_lasts_through_the_same_day(earned: date, months: int, until: date | None) -> None:
    assert expires_on(earned, months) == until


def test_what_lapses_first_pays_first_then_the_oldest_then_what_never_lapses() -> None:
    lots = [
        Lot(1, 5, None),
        Lot(2, 5, date(2026, 9, 1)),
        Lot(4, 5, date(2026, 7, 1)),
        Lot(3, 5, date(2026, 7, 1)),
    ]
    assert takes(lots, 16, TODAY) == [Take(3, 5), Take(4, 5), Take(2, 5), Take(1, 1)]


def test_on_its_day_a_lot_is_gone() -> None:
    assert lapsed([Lot(1, 5, TODAY)], TODAY) == [Take(1, 5)]
    assert takes([Lot(1, 5, TODAY)], 1, TODAY) is None


def available(lots: list[Lot]) -> int:
    return sum(lot.left for lot in lots if usable(lot, TODAY))


@given(LOTS, st.integers(1, 200))
def test_what_is_taken_is_all_that_was_asked_and_was_there(lots: list[Lot], amount: int) -> None:
    taken = takes(lots, amount, TODAY)
    if taken is None:
        assert available(lots) < amount
        return
    assert sum(t.amount for t in taken) == amount
    left = {lot.id: lot for lot in lots}
    assert all(0 < t.amount <= left[t.lot].left for t in taken)
    assert all(left[t.lot].expires_on is None or left[t.lot].expires_on > TODAY for t in taken)  # type: ignore[operator]


@given(LOTS)
def test_what_is_there_can_be_used_or_has_lapsed(lots: list[Lot]) -> None:
    gone = sum(t.amount for t in lapsed(lots, TODAY))
    assert gone + available(lots) == sum(lot.left for lot in lots)
