"""Numbers of the register and the length of a posting."""

from datetime import UTC, date, datetime

import pytest

from portal.core import clock
from portal.decisions import rules


@pytest.mark.parametrize(
    ("year", "serial", "number"),
    [(2026, 1, "决〔2026〕001号"), (2026, 12, "决〔2026〕012号"), (2027, 1000, "决〔2027〕1000号")],
)
def test_numbers(year: int, serial: int, number: str) -> None:
    assert rules.number(year, serial) == number


def test_a_posting_lasts_five_days_to_the_minute() -> None:
    start = datetime(2026, 6, 16, 1, 20, 59, tzinfo=UTC)
    assert rules.earliest_end(start) == datetime(2026, 6, 21, 1, 20, tzinfo=UTC)


@pytest.mark.parametrize(("hour", "day"), [(9, 21), (18, 21), (19, 22), (23, 22)])
def test_the_form_proposes_an_evening_that_is_late_enough(hour: int, day: int) -> None:
    start = clock.at(date(2026, 6, 16), hour)
    proposed = rules.usual_end(start)
    assert clock.local(proposed).day == day
    assert clock.local(proposed).hour == rules.CLOSING_HOUR
    assert rules.earliest_end(start) <= proposed < rules.latest_end(start)
