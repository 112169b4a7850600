"""Pure rules of minutes and tasks: numbers, hours, and which line is which when a section is written anew."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import NamedTuple

from ..core import clock

WORKING_DAYS = 3
"""Until minutes go out (domain file §3.1, step 10)."""
LEAST_HOURS = 24
"""Those who were there have at least so long to read, and to read what was corrected."""
LONGEST_DAYS = 14
USUAL_DAYS = 3
CLOSING_HOUR = 18
MOST_LINES = 30
LONGEST_LINE = 1000
LATEST_TASK = 2 * 366
"""Days ahead within which a task is due; later is taken for a slip of the hand."""


def number(year: int, serial: int) -> str:
    """`纪〔2026〕003号`: year and serial within the community, as paper has it."""
    return f"纪〔{year}〕{serial:03d}号"


def earliest_end(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(hours=LEAST_HOURS)


def latest_end(now: datetime) -> datetime:
    return now + timedelta(days=LONGEST_DAYS)


def usual_end(now: datetime) -> datetime:
    """What the form proposes: the evening of the third day."""
    return clock.at(clock.local(now).date() + timedelta(days=USUAL_DAYS), CLOSING_HOUR)


def after_correction(until: datetime, now: datetime) -> datetime:
    """A line that was changed is read again: the hour moves if less time than that is left, and never comes nearer."""
    return max(until, now + timedelta(hours=LEAST_HOURS))


def paragraphs(text: str) -> list[str]:
    """The lines of what was typed, without empty ones."""
    return [line for typed in text.splitlines() if (line := " ".join(typed.split()))]


class Known(NamedTuple):
    """A line as it stands."""

    id: int
    text: str


class Placed(NamedTuple):
    """A line as it shall stand: an old one (`id`), or a new one (None)."""

    id: int | None
    text: str


def relined(before: Sequence[Known], after: Sequence[str]) -> tuple[list[Placed], list[int]]:
    """Which of the new lines are the old ones, and the numbers of those that are gone.

    A line that is the same word for word stays itself, wherever lines around it came or went; of lines that were
    replaced each takes the place of one that stood there.
    """
    placed: list[Placed] = []
    gone: list[int] = []
    for _tag, i1, i2, j1, j2 in SequenceMatcher(
        None, [k.text for k in before], list(after), False
    ).get_opcodes():
        old = [k.id for k in before[i1:i2]]
        new = after[j1:j2]
        placed += [Placed(old[n] if n < len(old) else None, text) for n, text in enumerate(new)]
        gone += old[len(new) :]
    return placed, gone


def end_of(day: date) -> datetime:
    """The last minute of a day in the community."""
    return clock.at(day, 23, 59)


def days_late(due_on: date, on: date) -> int:
    """How many days late something is or was; 0 in time, on the very day too."""
    return max(0, (on - due_on).days)


def unfinished(lines: Iterable[str]) -> int:
    """Lines that name a speaker and say nothing: they end with the colon that was prefilled."""
    return sum(line.rstrip().endswith(("：", ":")) for line in lines)
