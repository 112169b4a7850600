"""Whether the co-owners of one head say the same, as the count will see it. Pure.

Of several papers of one of them one counts, by the rule of the assembly. A paper that all of them signed stands above
what single ones gave before it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from . import marks

ALL, AGENT = 0, -1


class Said(NamedTuple):
    """A ballot of the head. `who`: the owner whose word it is, ALL, or AGENT, who may be that of one of them."""

    who: int
    at: datetime
    choices: str


def differing(said: Iterable[Said], last_counts: bool) -> tuple[int, ...]:
    """Positions of the matters on which they do not say the same; what says nothing differs from nothing."""
    ordered = sorted(said, key=lambda one: one.at)
    columns = zip(*(marks.words_of(one.choices) for one in ordered), strict=False)
    who = [one.who for one in ordered]
    return tuple(n for n, words in enumerate(columns) if len(_standing(who, words, last_counts)) > 1)


def _standing(who: Sequence[int], words: Sequence[str], last_counts: bool) -> set[str]:
    """What stands on one matter; papers in the order of time."""
    chosen: dict[int, tuple[int, str]] = {}
    for place, (one, word) in enumerate(zip(who, words, strict=True)):
        if last_counts or (marks.says(word) and one not in chosen):
            chosen[one] = (place, word)
    since = chosen[ALL][0] if ALL in chosen and marks.says(chosen[ALL][1]) else 0
    return {word for place, word in chosen.values() if place >= since and marks.says(word)}
