"""Pure rules of a poll: what a paper may carry, how marks are written down, what a result means."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
LONGEST = timedelta(days=90)
BLANK_WORD = "弃权"
"""Every paper has it already: a ballot without a mark."""


def marks_of(choices: Iterable[int]) -> str:
    """Chosen positions as a paper keeps them: ascending, with commas."""
    return ",".join(str(n) for n in sorted(choices))


def choices_of(marks: str) -> tuple[int, ...]:
    return tuple(int(n) for n in marks.split(",")) if marks else ()


class Flaw(StrEnum):
    """What is wrong with the marks a voter sent."""

    UNKNOWN = "unknown"
    DOUBLED = "doubled"
    TOO_MANY = "too_many"


def flaw(choices: Sequence[int], options_count: int, max_choices: int) -> Flaw | None:
    """A paper that the portal takes is valid or blank; an invalid one is given back to be mended."""
    if any(not 0 <= n < options_count for n in choices):
        return Flaw.UNKNOWN
    if len(set(choices)) != len(choices):
        return Flaw.DOUBLED
    return Flaw.TOO_MANY if len(choices) > max_choices else None


def in_time(now: datetime, closes_at: datetime) -> bool:
    """At the very instant of the hour it is too late."""
    return now < closes_at


class Standing(StrEnum):
    """What a tally says by itself."""

    DECIDED = "decided"
    TIED = "tied"
    NOBODY = "nobody"


def standing(tally: Mapping[str, Any]) -> Standing:
    if tally["winners"]:
        return Standing.DECIDED
    return Standing.TIED if tally["tied"] else Standing.NOBODY
