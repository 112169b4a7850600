"""Drawing lots so that anybody can draw them again. Pure.

The order follows from a public number that nobody could know when the lot was announced (the *seed*): the SHA-256 of
the seed's digits and the option's title, one text after the other in UTF-8; the lowest comes first. By hand:
`printf %s '<digits><title>' | sha256sum`. Only digits count, so that whoever types the number cannot choose among its
spellings.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ..core.digests import digest
from .counting import recount
from .counting.budget import BY_NAME

LONGEST_WAIT = timedelta(days=30)
MOST_DIGITS = 100


def digits(typed: str) -> str:
    """A number as it is drawn with: its digits, whatever signs stand between them; "" for one with letters in it."""
    plain = unicodedata.normalize("NFKC", typed)
    if any(sign.isalnum() and not sign.isdecimal() for sign in plain):
        return ""
    return "".join(str(unicodedata.decimal(sign)) for sign in plain if sign.isdecimal())


def key(seed: str, option: str) -> str:
    """What an option is put in order by; 64 hexadecimal figures."""
    return digest(seed + option)


def drawn(seed: str, tied: Iterable[str]) -> list[str]:
    """The tied options as the lot puts them, whatever the order they are given in."""
    return sorted(tied, key=lambda option: key(seed, option))


def chosen(case: Mapping[str, Any], tally: Mapping[str, Any], order: Sequence[str]) -> list[str]:
    """Those of the tied who get what is left, in the order drawn. `case`: of the count file; `tally`: its result.

    Where seats are left, the first of the order get them. A budget is counted again, and wherever projects are
    level, the one drawn first is taken: so no more is spent than there is, and shares stay fair.
    """
    if "budget" in case:
        return _funded(case, order)
    left = int(case["params"].get("seats") or 1) - len(tally["winners"])
    return list(order[: max(0, left)])


def _funded(case: Mapping[str, Any], order: Sequence[str]) -> list[str]:
    """The count breaks ties by name if it is told to; so the names are made to follow the lot."""
    others = [option for option in case["options"] if option not in order]
    name = {option: f"{place:04}" for place, option in enumerate([*order, *others])}
    renamed = {
        **case,
        "options": [name[option] for option in case["options"]],
        "costs": {name[option]: cost for option, cost in case["costs"].items()},
        "params": {**case["params"], "tie_break": BY_NAME},
        "ballots": [{**b, "approve": [name[o] for o in b["approve"]]} for b in case["ballots"]],
    }
    funded = recount(renamed)["winners"]
    return [option for option in order if name[option] in funded]


class Flaw(StrEnum):
    """What is wrong with the announcement of a lot."""

    NO_SOURCE = "no_source"
    TOO_SOON = "too_soon"
    TOO_LATE = "too_late"
    NO_LENGTH = "no_length"
    TWO_WITNESSES = "two_witnesses"


def flaw(
    now: datetime, source: str, length: int, draws_at: datetime, witnesses: Sequence[str], by: str
) -> Flaw | None:
    """The number must be still to come, with `length` digits, so that a nought before it is not left out afterwards;
    two witnesses, neither of them the one who draws (`by`)."""
    if not source:
        return Flaw.NO_SOURCE
    if not 1 <= length <= MOST_DIGITS:
        return Flaw.NO_LENGTH
    if draws_at <= now:
        return Flaw.TOO_SOON
    if draws_at - now > LONGEST_WAIT:
        return Flaw.TOO_LATE
    names = {name for name in witnesses if name} - {by}
    return None if len(names) == 2 else Flaw.TWO_WITNESSES
