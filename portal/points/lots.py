"""Lots: what came in at once lapses together, and is used in the order in which it would lapse. Pure functions."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Lot(NamedTuple):
    """What is left of a lot. `expires_on` is the first day it may no longer be used; None: it does not lapse."""

    id: int
    left: int
    expires_on: date | None


class Take(NamedTuple):
    """So much of a lot."""

    lot: int
    amount: int


def expires_on(earned: date, months: int) -> date | None:
    """The first day on which what was earned then can no longer be used: the day after the same day `months` later, or
    after the last of a shorter month. No months: never."""
    if not months:
        return None
    year, month = divmod(earned.year * 12 + earned.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(earned.day, last)) + timedelta(days=1)


def usable(lot: Lot, today: date) -> bool:
    return lot.left > 0 and (lot.expires_on is None or today < lot.expires_on)


def lapsed(lots: Iterable[Lot], today: date) -> list[Take]:
    """What may no longer be used and is still there."""
    return [Take(lot.id, lot.left) for lot in lots if lot.left > 0 and not usable(lot, today)]


def takes(lots: Iterable[Lot], amount: int, today: date) -> list[Take] | None:
    """Which lots pay `amount`: what lapses first, then the oldest, those that never lapse last. None if it is not
    enough."""
    taken, wanted = [], amount
    for lot in sorted((lot for lot in lots if usable(lot, today)), key=_order):
        part = min(lot.left, wanted)
        if part:
            taken.append(Take(lot.id, part))
            wanted -= part
    return None if wanted else taken


def _order(lot: Lot) -> tuple[date, int]:
    return lot.expires_on or date.max, lot.id
