"""Whether a meeting was called in time. Pure.

Days are counted as the Civil Code has it: the day of the notice does not count (art. 201), the next is the first, and
the meeting is on the last. Three days before Friday is Tuesday.
"""

from datetime import date, datetime, timedelta

from ..core import clock


def last_day(starts_at: datetime, days: int) -> date:
    """The last day on which the notice is in time."""
    return clock.local(starts_at).date() - timedelta(days=days)


def due(starts_at: datetime, days: int) -> datetime:
    """The end of that day."""
    return clock.at(last_day(starts_at, days) + timedelta(days=1))


def days_short(given: datetime, starts_at: datetime, days: int) -> int:
    """By how many days a notice is too late; 0 in time."""
    return max(0, (clock.local(given).date() - last_day(starts_at, days)).days)


def earliest(given: datetime, days: int) -> date:
    """The first day on which a meeting called now can be held."""
    return clock.local(given).date() + timedelta(days=days)
