"""How much a person may still earn. Pure functions of what he earned so far."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ..core.text import N_
from .words import Per

HOURS = 12
"""Of service on one day, at most."""
TRAINED = 30
"""Minutes that somebody was at a training which earns something, at least."""


class Cap(StrEnum):
    """Which limit is reached."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    TOTAL = "total"


CAPS = {
    Cap.DAY: N_("这件事今天的积分到上限了。"),
    Cap.MONTH: N_("这件事这个月的积分到上限了。"),
    Cap.YEAR: N_("这件事今年的积分到上限了。"),
    Cap.TOTAL: N_("这个月的积分到上限了。"),
}


@dataclass(frozen=True)
class Earned:
    """What somebody earned by one deed today, this month and this year; and this month by everything."""

    day: int = 0
    month: int = 0
    year: int = 0
    total: int = 0


class Limits(Protocol):
    """A row of the table, as far as it says how much."""

    points: int
    per: Per
    once_cap: int | None
    day_cap: int | None
    month_cap: int | None
    year_cap: int | None


def worth(rule: Limits, minutes: int = 0) -> int:
    """What one thing is worth: the points of a time, or of every whole hour, up to what one thing can bring."""
    points = rule.points * (minutes // 60) if rule.per is Per.HOUR else rule.points
    return points if rule.once_cap is None else min(points, rule.once_cap)


def most_at_once(rule: Limits) -> int:
    """What two people may grant for one thing at the most: what the row says of one thing, else the points of a time
    or of the twelve hours that a day has for it."""
    return rule.once_cap or worth(rule, HOURS * 60)


def crossed(rule: Limits, earned: Earned, month_cap: int, amount: int) -> Cap | None:
    """The first limit that `amount` more would cross. All of it counts or none: nobody gets half of a thank-you."""
    limits = (
        (Cap.DAY, rule.day_cap, earned.day),
        (Cap.MONTH, rule.month_cap, earned.month),
        (Cap.YEAR, rule.year_cap, earned.year),
        (Cap.TOTAL, month_cap, earned.total),
    )
    return next((cap for cap, most, had in limits if most is not None and had + amount > most), None)
