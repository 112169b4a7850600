"""Pure rules of a poll: its hour, and what a result means."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

LONGEST = timedelta(days=90)


def in_time(now: datetime, closes_at: datetime) -> bool:
    """At the very instant of the hour it is too late."""
    return now < closes_at


class Finding(StrEnum):
    """What a tally says by itself."""

    DECIDED = "decided"
    TIED = "tied"
    NOBODY = "nobody"
    TOO_FEW = "too_few"


def finding(tally: Mapping[str, Any]) -> Finding:
    """Of any method: `winners` are sure, `tied` compete for what is left (a seat, the rest of the money), so that
    a count may have both and is not decided."""
    if "passed" in tally:
        return _of_motion(tally)
    if tally["tied"]:
        return Finding.TIED
    return Finding.DECIDED if tally["winners"] else Finding.NOBODY


def settles(said: Finding, ties_stand: bool, drawn: bool) -> bool:
    """Whether something follows from it: a tie needs its lot, unless it was said that all who are level are taken."""
    return said is Finding.DECIDED or (said is Finding.TIED and (ties_stand or drawn))


def _of_motion(tally: Mapping[str, Any]) -> Finding:
    """Turned down is decided; too few voters decide nothing, and neither do those who only abstain."""
    if not tally["n_for"] + tally["n_against"]:
        return Finding.NOBODY
    return Finding.DECIDED if tally["quorum_met"] else Finding.TOO_FEW


def abstained(tally: Mapping[str, Any]) -> int:
    """Papers that say 弃权."""
    return int(tally.get("n_abstain", tally.get("blank", 0)))
