"""Pure rules of projects: sums, progress, lateness, averages. Money is whole 分; nothing is a float."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from ..core import clock

INSPECTION_DAYS = 7
"""Days the supervisors have to look at work that is reported complete."""
MOST_LINES = 20
"""Milestones, budget lines or funding lines of one project."""
MOST_SUPERVISORS = 15
RATING_WAITS = 60
"""Days during which the wish for a rating stands among the things that wait for a neighbour."""


class Step(NamedTuple):
    """What rules need of a milestone."""

    weight: int
    due_on: date
    done_on: date | None


def end_of(day: date) -> datetime:
    """The last minute of a day in the community: what is due on a day may come until then."""
    return clock.at(day, 23, 59)


def progress(steps: Iterable[Step]) -> tuple[int, int]:
    """Weight done and weight of all."""
    every = list(steps)
    return sum(s.weight for s in every if s.done_on), sum(s.weight for s in every)


def percent(done: int, whole: int) -> int:
    """Rounded down, so that 100 is said only when everything is done."""
    return done * 100 // whole if whole else 0


def next_due(steps: Iterable[Step], redo_by: date | None) -> datetime | None:
    """The nearest day on which something is owed: an open milestone or the mending of defects."""
    days = [s.due_on for s in steps if s.done_on is None] + ([redo_by] if redo_by else [])
    return end_of(min(days)) if days else None


def days_late(due_on: date, today: date, done_on: date | None = None) -> int:
    """How many days late a milestone is or was; 0 in time, on the very day too."""
    return max(0, ((done_on or today) - due_on).days)


def days_early(due_on: date, done_on: date) -> int:
    return max(0, (due_on - done_on).days)


def balanced(budget: Iterable[int], funding: Iterable[int]) -> bool:
    """Whether every yuan of the budget has a source and every source a use."""
    return sum(budget) == sum(funding)


def over(budget: int, spent: int, amount: int) -> int:
    """By how much a payment would go past the budget; 0 if it fits, to the last 分."""
    return max(0, spent + amount - budget)


def average(stars: int, count: int) -> str:
    """Mean of ratings with one decimal, half up: (130, 28) → 4.6. Empty without ratings."""
    if not count:
        return ""
    tenths = int(Fraction(stars * 10, count) + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"
