"""The one source of time. Whatever asks what time it is asks here, so that tests and the demo can say."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in the community's time zone."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The same instant on the community's wall clock."""
    return instant.astimezone(ZONE)


def at(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The instant of a wall-clock time in the community, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def parse(text: str) -> datetime:
    """An instant that travelled as text (JSON of either database): UTC, with or without its offset."""
    instant = datetime.fromisoformat(text)
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Within the block it is `instant`; for tests and for telling the demo's past."""
    token = _fixed.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
