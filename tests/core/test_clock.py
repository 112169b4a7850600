"""Time: one zone, aware instants, working days beyond the last notice."""

from datetime import UTC, date, datetime

import pytest

from portal.core import clock, workdays

MIDNIGHT = datetime(2026, 6, 15, 16, 0, tzinfo=UTC)
"""Midnight before 16 June in the community."""


def test_today_is_the_day_of_the_community() -> None:
    with clock.frozen(MIDNIGHT):
        assert clock.now() == MIDNIGHT
        assert clock.today() == date(2026, 6, 16)


def test_frozen_time_nests_and_ends() -> None:
    other = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.frozen(MIDNIGHT):
        with clock.frozen(other):
            assert clock.now() == other
        assert clock.now() == MIDNIGHT
    assert clock.now() > MIDNIGHT or clock.now().year >= 2025


def test_frozen_time_ends_after_an_error() -> None:
    with pytest.raises(KeyError), clock.frozen(MIDNIGHT):
        raise KeyError
    assert clock.now() != MIDNIGHT


def test_wall_clock_and_back() -> None:
    instant = clock.at(date(2026, 6, 16), 9, 20)
    assert instant == datetime(2026, 6, 16, 1, 20, tzinfo=UTC)
    assert clock.local(instant).hour == 9


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-16T01:20:00+00:00",
        "2026-06-16T01:20:00",
        "2026-06-16 01:20:00.000000",
        "2026-06-16T09:20+08:00",
    ],
)
def test_instants_that_travelled_as_text(text: str) -> None:
    assert clock.parse(text) == datetime(2026, 6, 16, 1, 20, tzinfo=UTC)


def test_parse_refuses_what_is_no_instant() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        clock.parse("gestern")


def test_make_up_days_of_the_notice() -> None:
    assert not workdays.workday(date(2026, 10, 1)).works
    assert workdays.workday(date(2026, 6, 16)) == workdays.Workday(True, provisional=False)
    assert not workdays.workday(date(2026, 6, 14)).works


def test_a_year_without_notice_is_provisional_and_does_not_fail() -> None:
    friday, saturday = date(2027, 6, 18), date(2027, 6, 19)
    assert workdays.workday(friday) == workdays.Workday(True, provisional=True)
    assert workdays.workday(saturday) == workdays.Workday(False, provisional=True)


def test_what_staff_entered_wins_over_the_library() -> None:
    day = date(2027, 1, 1)
    assert workdays.workday(day, {day: False}) == workdays.Workday(False, provisional=False)


def test_working_days_after_a_day_do_not_count_the_day_itself() -> None:
    assert workdays.after(date(2026, 6, 12), 1) == date(2026, 6, 15)
    assert workdays.after(date(2026, 6, 13), 1) == date(2026, 6, 15)


def test_a_deadline_across_new_year() -> None:
    assert workdays.after(date(2026, 12, 30), 5) > date(2027, 1, 4)


@pytest.mark.parametrize("count", [0, -1])
def test_counting_starts_at_one(count: int) -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        workdays.after(date(2026, 6, 12), count)
