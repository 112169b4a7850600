"""Why there is no paper for a reader, and what he can do, in words."""

from collections.abc import Iterable

from ...core.text import _
from ..offroll import CURE_WORD, WHY_WORD, Cure, Reason, Why, cures


def why_word(why: Why) -> str:
    return _(WHY_WORD[why])


def by_why(reasons: Iterable[Reason]) -> list[tuple[Why, list[str]]]:
    """Each reason once with the homes it is about, in their order."""
    found: dict[Why, list[str]] = {}
    for reason in reasons:
        found.setdefault(reason.why, []).extend([reason.label] if reason.label else [])
    return list(found.items())


def cure_lines(why: Why, objectable: bool, changeable: bool) -> list[tuple[Cure, str]]:
    found = cures(why, objectable=objectable, changeable=changeable)
    return [(cure, _(CURE_WORD[cure])) for cure in found]


FILTERS = {"why_word": why_word, "by_why": by_why, "cure_lines": cure_lines}
