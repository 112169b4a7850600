"""The arithmetic of shifts: collisions, twelve hours a day, minutes that count, ages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock
from portal.core.hours import born_by
from portal.volunteering import rules
from portal.volunteering.rules import Span

NINE = datetime(2026, 6, 20, 1, tzinfo=UTC)
"""Nine in the morning in the community."""


def span(start: float, hours: float) -> Span:
    """Hours after nine."""
    begins = NINE + timedelta(hours=start)
    return Span(begins, begins + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("other", "collide"),
    [
        (span(2, 2), False),
        (span(-2, 2), False),
        (span(1.9, 1), True),
        (span(-1, 1.1), True),
        (span(0.5, 0.5), True),
        (span(-1, 5), True),
    ],
)
def test_shifts_collide_when_they_share_a_moment(other: Span, collide: bool) -> None:
    assert rules.overlap(span(0, 2), other) is collide
    assert rules.overlap(other, span(0, 2)) is collide


def test_only_the_hours_of_the_shift_count_and_no_begun_minute() -> None:
    shift = span(0, 2)
    assert rules.counted(shift, span(-0.5, 3)) == 120
    assert rules.counted(shift, span(0.25, 1)) == 60
    assert rules.counted(shift, Span(NINE, NINE + timedelta(minutes=7, seconds=59))) == 7
    assert rules.counted(shift, span(3, 1)) == 0


def test_a_night_belongs_to_two_days() -> None:
    night = Span(clock.at(date(2026, 6, 20), 22), clock.at(date(2026, 6, 21), 4, 30))
    assert rules.by_day(night) == {date(2026, 6, 20): 120, date(2026, 6, 21): 270}


def test_twelve_hours_a_day_and_not_a_minute_more() -> None:
    morning, noon = span(-3, 6), span(4, 5)
    assert rules.too_long(span(9, 1), [morning, noon]) is None
    assert rules.too_long(
        Span(span(9, 1).starts, span(9, 1).ends + timedelta(minutes=1)), [morning, noon]
    ) == (
        date(2026, 6, 20),
        721,
    )
    assert rules.too_long(span(24, 12), [morning, noon]) is None
    assert rules.too_long(span(-9, 13), []) == (date(2026, 6, 20), 780)


@given(st.integers(-3000, 3000), st.integers(1, 3000), st.integers(-3000, 3000), st.integers(1, 3000))
def test_minutes_are_never_more_than_either_span(a: int, long: int, b: int, stayed: int) -> None:
    shift = Span(NINE + timedelta(minutes=a), NINE + timedelta(minutes=a + long))
    came = Span(NINE + timedelta(minutes=b), NINE + timedelta(minutes=b + stayed))
    served = rules.counted(shift, came)
    assert 0 <= served <= min(long, stayed)
    assert (served > 0) is rules.overlap(shift, came)
    assert sum(rules.by_day(shift).values()) == long


def test_ages() -> None:
    born = date(2012, 2, 29)
    assert rules.age(born, date(2026, 2, 28)) == 13
    assert rules.age(born, date(2026, 3, 1)) == 14


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_a_rule_of_access_counts_years_alike(born: date, today: date) -> None:
    assert (born > born_by(today, 18)) == (rules.age(born, today) < 18)


def test_the_door_opens_half_an_hour_before_and_closes_with_the_shift() -> None:
    shift = span(0, 2)
    assert not rules.door_open(shift, NINE - timedelta(minutes=31))
    assert rules.door_open(shift, NINE - timedelta(minutes=30))
    assert not rules.door_open(shift, shift.ends)


def test_numbers() -> None:
    assert rules.number(12) == "ZY00012"
    assert rules.certificate_number(2026, None) == "2026-0001"
    assert rules.certificate_number(2026, "2026-0009") == "2026-0010"
    assert rules.certificate_number(2027, "2026-0009") == "2027-0001"
