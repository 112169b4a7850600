"""Working days of the Chinese calendar, with the make-up days (调休) of the State Council's yearly notice.

The table of the library ends with the last notice it knows; later years fall back to Monday to Friday and
are said to be provisional, so that a deadline across New Year is shown with its doubt instead of failing.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

import chinese_calendar


class Workday(NamedTuple):
    works: bool
    provisional: bool


def workday(day: date, notice: Mapping[date, bool] | None = None) -> Workday:
    """Whether people work on `day`; `notice` holds days that staff entered, which win over the library."""
    if notice and day in notice:
        return Workday(notice[day], provisional=False)
    try:
        return Workday(chinese_calendar.is_workday(day), provisional=False)
    except NotImplementedError:
        return Workday(day.weekday() < 5, provisional=True)


def after(start: date, count: int, notice: Mapping[date, bool] | None = None) -> date:
    """The `count`-th working day after `start`, not counting `start` itself (民法典 art. 201)."""
    if count < 1:
        raise ValueError("count starts at 1")
    day = start
    while count:
        day += timedelta(days=1)
        count -= workday(day, notice).works
    return day
