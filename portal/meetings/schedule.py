"""The days a body meets on: "the 5th and the 25th, the next working day if a holiday". Pure.

The pattern is the calendar standard's (RFC 5545), so `dateutil` finds its days. Working days are those of the State
Council's yearly notice, with its make-up Saturdays and Sundays; a year that the calendar does not know yet is taken
by its weekends, and every day found so says it.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from ..core import workdays
from ..core.text import N_, _

WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)
LAST = -1
"""The last day of a month, or the last such weekday in it."""
DAYS = (*range(1, 29), LAST)
"""Days that every month has."""
NTHS = (1, 2, 3, 4, LAST)
FARTHEST = 31
"""Days within which the next working day is looked for; no holiday is that long."""


class Every(StrEnum):
    """What a pattern counts."""

    MONTH_DAYS = "month_days"
    WEEKDAYS = "weekdays"
    NTH_WEEKDAYS = "nth_weekdays"


class Shift(StrEnum):
    """What becomes of a day on which people do not work."""

    NEXT = "next"
    PREVIOUS = "previous"
    KEEP = "keep"
    SKIP = "skip"


SHIFT_WORD: dict[Shift, str] = {
    Shift.NEXT: N_("逢节假日、双休日顺延到下一个工作日"),
    Shift.PREVIOUS: N_("逢节假日、双休日提前到上一个工作日"),
    Shift.KEEP: N_("节假日、双休日照常开"),
    Shift.SKIP: N_("逢节假日、双休日这次不开"),
}
WEEKDAY_WORD = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
NTH_WORD = {1: N_("第一个"), 2: N_("第二个"), 3: N_("第三个"), 4: N_("第四个"), LAST: N_("最后一个")}


class Pattern(NamedTuple):
    """`days`: of the month (`LAST` the last), or of the week (0 is Monday); `nth`: which of them in a month."""

    every: Every
    days: tuple[int, ...]
    nth: int = 0


class Occurrence(NamedTuple):
    """A day to meet. `planned` is the day of the pattern; `provisional`: the calendar does not know that year yet."""

    day: date
    planned: date
    provisional: bool


def occurrences(
    pattern: Pattern, start: date, end: date, shift: Shift, notice: Mapping[date, bool] | None = None
) -> list[Occurrence]:
    """The days to meet whose planned day lies in start … end, both included; two that fall together are one.

    `notice` holds days that staff entered, which win over the calendar (`core.workdays`).
    """
    found: dict[date, Occurrence] = {}
    for planned in _planned(pattern, start, end):
        met = _shifted(planned, shift, notice or {})
        if met is not None:
            found.setdefault(met.day, met)
    return sorted(found.values())


def _planned(pattern: Pattern, start: date, end: date) -> Iterator[date]:
    if pattern.every is Every.MONTH_DAYS:
        rule = rrule(MONTHLY, dtstart=start, until=end, bymonthday=pattern.days)
    elif pattern.every is Every.WEEKDAYS:
        rule = rrule(WEEKLY, dtstart=start, until=end, byweekday=pattern.days)
    else:
        chosen = [WEEKDAYS[day](pattern.nth) for day in pattern.days]
        rule = rrule(MONTHLY, dtstart=start, until=end, byweekday=chosen)
    yield from (moment.date() for moment in rule)


def _shifted(planned: date, shift: Shift, notice: Mapping[date, bool]) -> Occurrence | None:
    found = workdays.workday(planned, notice)
    if shift is Shift.KEEP:
        return Occurrence(planned, planned, provisional=False)
    if found.works:
        return Occurrence(planned, planned, found.provisional)
    if shift is Shift.SKIP:
        return None
    step = timedelta(days=1 if shift is Shift.NEXT else -1)
    provisional, day = found.provisional, planned
    for _day in range(FARTHEST):
        day += step
        found = workdays.workday(day, notice)
        provisional = provisional or found.provisional
        if found.works:
            return Occurrence(day, planned, provisional)
    return None


def said(pattern: Pattern) -> str:
    """每月5日、25日; 每周一、周四; 每月第二个周六."""
    if pattern.every is Every.MONTH_DAYS:
        return _("每月%(days)s", days=_("、").join(_month_day(day) for day in pattern.days))
    weekdays = _("、").join(_(WEEKDAY_WORD[day]) for day in pattern.days)
    if pattern.every is Every.WEEKDAYS:
        return _("每%(weekdays)s", weekdays=weekdays)
    return _("每月%(nth)s%(weekdays)s", nth=_(NTH_WORD[pattern.nth]), weekdays=weekdays)


def _month_day(day: int) -> str:
    return _("最后一天") if day == LAST else _("%(day)d日", day=day)
