"""Pure rules of offers and codes: spans, what stands in the way, the code in what a scanner typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from .words import Every, Why

MINUTES = 15
"""So long a code is good."""
MARKET_DAY = 19
"""Of every month (便民活动日)."""
MOST_WAITING = 3
"""Codes that one person may hold at once: more would empty shelves for a quarter of an hour."""
MOST_BACK = 3
"""Codes of one offer that a person may give back or let run out in a day: more would keep the last piece from all."""


def span_start(every: Every, day: date) -> date | None:
    """The first day of the day, week (from Monday) or month; None for ever."""
    if every is Every.WEEK:
        return day - timedelta(day.weekday())
    if every is Every.MONTH:
        return day.replace(day=1)
    return day if every is Every.DAY else None


def next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)


def month_start(day: date) -> date:
    return day.replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before that of a day."""
    return (day.replace(day=1) - timedelta(1)).replace(day=1)


def market_day(today: date) -> date:
    """The market day that is today or comes next."""
    this = today.replace(day=MARKET_DAY)
    return this if today <= this else next_month(today).replace(day=MARKET_DAY)


STALLS_ASKED = timedelta(days=7)
"""So long before a market day its shops are asked whether they come."""


@dataclass(frozen=True)
class Stand:
    """How an offer stands for somebody on a day."""

    running: bool
    """Its merchant is a partner."""
    open: bool
    starts: date
    ends: date | None
    left: int | None
    per_span: int | None
    taken: int
    each: int | None
    had: int
    """Pieces of it in his span."""
    waiting: int = 0
    """Codes of any offer that he holds."""
    back: int = 0
    """Codes of it that he gave back or let run out today."""
    own: bool = False


def hindrances(stand: Stand, day: date) -> Iterator[Why]:
    """All that keeps him from it, the most telling first."""
    checks = {
        Why.NOT_RUNNING: not stand.running,
        Why.PAUSED: not stand.open,
        Why.NOT_YET: day < stand.starts,
        Why.OVER: stand.ends is not None and day >= stand.ends,
        Why.SOLD_OUT: stand.left == 0,
        Why.SOLD_OUT_NOW: stand.per_span is not None and stand.taken >= stand.per_span,
        Why.OWN_SHOP: stand.own,
        Why.HAD_ENOUGH: stand.each is not None and stand.had >= stand.each,
        Why.MANY_CODES: stand.waiting >= MOST_WAITING,
        Why.GAVE_BACK: stand.back >= MOST_BACK,
    }
    return (why for why, met in checks.items() if met)


HIS_OWN = (Why.OWN_SHOP, Why.HAD_ENOUGH, Why.MANY_CODES, Why.GAVE_BACK)
"""What keeps one person from an offer and not the next."""


def remaining(left: int | None, per_span: int | None, taken: int) -> int | None:
    """Pieces that can be had now; None: as many as are wanted."""
    now = None if per_span is None else max(0, per_span - taken)
    known = [n for n in (left, now) if n is not None]
    return min(known) if known else None


_CODE = re.compile(r"(?:^|code=)(\d{6})$")


def code_in(typed: str) -> str:
    """The six digits in what was typed or scanned (the digits, with spaces or not, or the whole address); "" if there
    are none."""
    plain = "".join(typed.split()).replace("-", "")[:200]
    found = _CODE.search(plain.translate({ord("０") + n: str(n) for n in range(10)}))
    return found[1] if found else ""


def pin_fault(pin: str) -> bool:
    """Six digits that are not all alike and do not count up or down."""
    if not (len(pin) == 6 and pin.isascii() and pin.isdigit()):
        return True
    steps = {int(b) - int(a) for a, b in pairwise(pin)}
    return steps in ({0}, {1}, {-1})
