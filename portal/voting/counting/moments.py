"""When papers were given: only their order matters."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from .case import Ballot
from .params import is_whole
from .unreadable import Unreadable

Moment = tuple[str, int]
"""What kind of time it is (a number; a date and time, with or without its zone), and its place in the order."""

_MICROSECOND = timedelta(microseconds=1)
_UTC = timezone.utc  # noqa: UP017 (counted again on Pythons as old as 3.9)
_EPOCH = datetime(1970, 1, 1, tzinfo=_UTC)
_DAY = r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
_CLOCK = r"([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{3}|\.[0-9]{6})?)?)"
_TIME = re.compile(_DAY + "[T ]" + _CLOCK + "(Z|[+-][0-9]{2}:[0-9]{2})?")


def moments(ballots: Sequence[Ballot]) -> list[Moment]:
    """When each ballot was given, if all of them say so; else [], and they stand in the order of time already."""
    stated = [b.get("time", b.get("cast_at")) for b in ballots]
    if not stated or any(time is None for time in stated):
        return []
    given = [moment(time, f"ballot {number}: time") for number, time in enumerate(stated, 1)]
    if len({kind for kind, _ in given}) > 1:
        raise Unreadable("ballots: times of different kinds cannot be put in order")
    return given


def moment(value: object, where: str) -> Moment:
    """What kind of time it is (a number; a date and time, with or without its zone), and its place in the order."""
    if isinstance(value, int) and is_whole(value):
        return "number", value
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise Unreadable(f"{where}: {value!r} is no time")
    day, clock, zone = found.groups()
    try:
        time = datetime.fromisoformat(f"{day}T{clock}{(zone or 'Z').replace('Z', '+00:00')}")
    except ValueError:  # a thirteenth month
        raise Unreadable(f"{where}: {value!r} is no time") from None
    return ("zoned" if zone else "local"), (time - _EPOCH) // _MICROSECOND
