"""The arithmetic of shifts: whether two collide, how long a day gets, how many minutes count. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from ..core import clock

MOST = 12 * 60
"""Minutes that one person serves on one day, at most."""
EARLY = timedelta(minutes=30)
"""From so long before a shift on people can check in."""
LATE = timedelta(hours=2)
"""For so long after it they can still check out by themselves."""
ADULT = 18
AROUND = timedelta(days=1)
"""No shift is longer, so whatever touches a day begins so long before it, or later."""
POSTED_DAYS = 7
"""A certificate that is posted hangs out at least so long."""


class Span(NamedTuple):
    """From an hour on, until another that is not part of it."""

    starts: datetime
    ends: datetime


def overlap(one: Span, other: Span) -> bool:
    """Whether they have any moment in common; one that begins as the other ends does not."""
    return one.starts < other.ends and other.starts < one.ends


def minutes(span: Span) -> int:
    """Whole minutes; what is begun does not count. Never negative."""
    return max(0, int((span.ends - span.starts).total_seconds()) // 60)


def counted(shift: Span, came: Span) -> int:
    """Minutes served: of the hours of the shift, those one was there. Neither the way nor waiting for the others."""
    return minutes(Span(max(shift.starts, came.starts), min(shift.ends, came.ends)))


def around(shift: Span, came: Span) -> bool:
    """Whether somebody was there no longer than the door is open for him: from when one can check in until one can
    still check out."""
    return shift.starts - EARLY <= came.starts and came.ends <= shift.ends + LATE


def by_day(span: Span) -> dict[date, int]:
    """The minutes of a span on each day of the community it touches."""
    found: dict[date, int] = {}
    at = span.starts
    while at < span.ends:
        day = clock.local(at).date()
        until = min(span.ends, clock.at(day + timedelta(days=1)))
        found[day] = found.get(day, 0) + minutes(Span(at, until))
        at = until
    return found


def too_long(wanted: Span, others: Iterable[Span]) -> tuple[date, int] | None:
    """The first day that would have more than twelve hours, with its minutes; None where all is well."""
    total = by_day(wanted)
    for other in others:
        for day, more in by_day(other).items():
            if day in total:
                total[day] += more
    return next(((day, sum_) for day, sum_ in sorted(total.items()) if sum_ > MOST), None)


def age(born: date, on: date) -> int:
    """Whole years on a day; who was born on 29 February has his birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def door_open(shift: Span, now: datetime) -> bool:
    """Whether one can check in."""
    return shift.starts - EARLY <= now < shift.ends


def number(serial: int) -> str:
    """How a volunteer's number is written."""
    return f"ZY{serial:05d}"


def certificate_number(year: int, latest: str | None) -> str:
    """`2026-0001`, or the one after the latest of the year."""
    serial = int(latest.partition("-")[2]) + 1 if latest and latest.startswith(f"{year}-") else 1
    return f"{year}-{serial:04d}"
