"""Numbers, deadlines and households of a council."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.core import clock
from portal.councils import rules
from portal.councils.words import (
    CATEGORY_WORD,
    LIVE,
    PARTY_WORD,
    STATE_WORD,
    STOP,
    Category,
    Party,
    Stop,
    TopicState,
)


@pytest.mark.parametrize(
    ("latest", "year", "expected"),
    [(None, 2026, 1), ("2026-011", 2026, 12), ("2025-044", 2026, 1), ("2026-999", 2026, 1000)],
)
def test_serials_start_over_each_year(latest: str | None, year: int, expected: int) -> None:
    assert rules.serial_after(latest, year) == expected


def test_numbers_are_padded_and_may_outgrow_their_padding() -> None:
    assert rules.number(2026, 7) == "2026-007"
    assert rules.number(2026, 1000) == "2026-1000"


def test_due_skips_weekends_and_ends_with_the_office_day() -> None:
    friday_evening = datetime(2026, 6, 12, 12, 30, tzinfo=UTC)
    assert rules.due(friday_evening, 3) == clock.at(date(2026, 6, 17), 17)


def test_due_honours_days_staff_entered() -> None:
    friday = datetime(2026, 6, 12, 2, 0, tzinfo=UTC)
    assert rules.due(friday, 1, {date(2026, 6, 15): False}) == clock.at(date(2026, 6, 16), 17)


def test_household_is_the_unit_at_the_place_then_any_unit_then_the_person() -> None:
    homes = ("/1/9/90/", "/1/2/3/5/")
    assert rules.household(homes, "/1/2/", 7) == "/1/2/3/5/"
    assert rules.household(homes, "/1/4/", 7) == "/1/9/90/"
    assert rules.household((), "/1/2/", 7) == "user:7"


def test_an_answer_in_the_due_minute_is_in_time() -> None:
    due = datetime(2026, 6, 17, 9, 0, tzinfo=UTC)
    assert not rules.is_late(due, due)
    assert rules.is_late(due + timedelta(microseconds=1), due)


def test_every_word_is_said() -> None:
    assert set(CATEGORY_WORD) == set(Category)
    assert set(PARTY_WORD) == set(Party)
    assert set(STATE_WORD) == set(TopicState)
    assert set(STOP.values()) == set(Stop)
    assert set(LIVE) | {TopicState.CLOSED, TopicState.DECLINED, TopicState.MERGED, TopicState.REFERRED} | {
        TopicState.WITHDRAWN
    } == set(TopicState)
