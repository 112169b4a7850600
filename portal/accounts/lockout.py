"""When wrong passwords lock an account: after ten in a row, for a quarter of an hour."""

from datetime import datetime, timedelta
from typing import Protocol

MOST = 10
LOCKED = timedelta(minutes=15)


class Tried(Protocol):
    """What is counted: a person's account, or a name that nobody has."""

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


def forget(tried: Tried) -> None:
    tried.failures, tried.locked_until = 0, None
