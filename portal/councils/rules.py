"""Pure rules of a council: numbers, deadlines and households."""

from collections.abc import Mapping
from datetime import date, datetime

from ..core import clock, workdays

CLOSING_HOUR = 17
"""Official duties end with the office day."""
MOST_OPTIONS = 6
MOST_ENDORSEMENTS = 1000
MOST_SCREENING_DAYS = 30


def number(year: int, serial: int) -> str:
    """`2026-011`: the year and the serial within the council."""
    return f"{year}-{serial:03d}"


def draft_number(serial: int | str) -> str:
    """`D-12`: of what nobody has seen yet. It gets its number when it is shown, so that none is missing."""
    return f"D-{serial}"


def is_draft(number: str) -> bool:
    """It has no number yet."""
    return number.startswith("D-")


def serial_after(latest: str | None, year: int) -> int:
    """The next serial of a year, given the council's latest number of that year."""
    return int(latest.partition("-")[2]) + 1 if latest and latest.startswith(f"{year}-") else 1


def due(start: datetime, working_days: int, notice: Mapping[date, bool] | None = None) -> datetime:
    """The end of the office day, so many working days after the day of `start`."""
    day = workdays.after(clock.local(start).date(), working_days, notice)
    return clock.at(day, CLOSING_HOUR)


def household(homes: tuple[str, ...], place_path: str, user_id: int) -> str:
    """What a person counts as when he endorses: his unit at the place, else his first unit, else himself."""
    near = [home for home in homes if home.startswith(place_path)]
    return (near or list(homes) or [f"user:{user_id}"])[0]


def is_late(given: datetime, due_at: datetime) -> bool:
    """A response given in the very minute it is due is in time."""
    return given > due_at
