"""Pure rules of decisions: numbers, and how long a decision hangs out."""

from datetime import date, datetime, timedelta

from ..core import clock

POSTING_DAYS = 5
"""Days a decision hangs out at least (domain file §3.1, step 11)."""
LONGEST_POSTING = 90
"""Days after which an end of the posting is taken for a slip of the hand."""
CLOSING_HOUR = 18
LATEST_EFFECT = 3 * 366
"""Days ahead within which a decision must begin to hold."""


def number(year: int, serial: int) -> str:
    """`决〔2026〕012号`: year and serial within the community, as paper has it."""
    return f"决〔{year}〕{serial:03d}号"


def earliest_end(start: datetime) -> datetime:
    """The earliest end of a posting that begins at `start`: full days, to the minute."""
    return start.replace(second=0, microsecond=0) + timedelta(days=POSTING_DAYS)


def latest_end(start: datetime) -> datetime:
    return start + timedelta(days=LONGEST_POSTING)


def usual_end(start: datetime) -> datetime:
    """What the form proposes: the evening of the first day on which the posting is long enough."""
    day: date = clock.local(start).date() + timedelta(days=POSTING_DAYS)
    evening = clock.at(day, CLOSING_HOUR)
    return evening if evening >= earliest_end(start) else clock.at(day + timedelta(days=1), CLOSING_HOUR)
