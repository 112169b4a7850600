"""When wrong passwords lock: after ten in a row from one place, for that place, for a quarter of an hour. Whoever wants
to keep somebody out would otherwise only have to know his phone.

A place is an address, or a browser on which the account was opened before. Guesses from many addresses together are
slowed for all of them once they are a hundred: one every half minute.
"""

from datetime import datetime, timedelta
from typing import Protocol

MOST = 10
LOCKED = timedelta(minutes=15)
MANY = 100
PAUSE = timedelta(seconds=30)


class Tried(Protocol):
    """What is counted: a name from one place, or from everywhere."""

    failures: int
    locked_until: datetime | None


def is_locked(tried: Tried, now: datetime) -> bool:
    return tried.locked_until is not None and now < tried.locked_until


def count(tried: Tried, now: datetime) -> bool:
    """Count one wrong password; whether it locked just now. While it is locked nothing is counted."""
    if is_locked(tried, now):
        return False
    tried.failures += 1
    if tried.failures < MOST:
        return False
    tried.failures, tried.locked_until = 0, now + LOCKED
    return True


def slow(tried: Tried, now: datetime) -> None:
    """Count one wrong password from wherever; from the hundredth on each is followed by a pause."""
    tried.failures += 1
    if tried.failures >= MANY:
        tried.locked_until = now + PAUSE


def forget(tried: Tried) -> None:
    tried.failures, tried.locked_until = 0, None
