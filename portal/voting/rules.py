"""Pure rules of a poll: its hour, and what a result means."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LONGEST = timedelta(days=90)


def in_time(now: datetime, closes_at: datetime) -> bool:
    """At the very instant of the hour it is too late."""
    return now < closes_at


class Standing(StrEnum):
    """What a tally says by itself."""

    DECIDED = "decided"
    TIED = "tied"
    NOBODY = "nobody"


def standing(tally: Mapping[str, Any]) -> Standing:
    """Of any method: `winners` are sure, `tied` compete for what is left (a seat, the rest of the money), so that
    a count may have both and is not decided."""
    if tally["tied"]:
        return Standing.TIED
    return Standing.DECIDED if tally["winners"] else Standing.NOBODY
