"""Minutes for everybody: the names of people half hidden, phone numbers too. Pure."""

import re
from collections.abc import Iterable
from typing import Any

from ..core.leaves_text import masked, masked_phone

_PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
SHORTEST = 2
"""A name of one character would hide every such character."""


def hidden(text: str, names: Iterable[str]) -> str:
    """A text with the given names and all mobile numbers half hidden. Longer names first: 王秀兰 before 王秀."""
    known = sorted({n for n in names if len(n) >= SHORTEST}, key=len, reverse=True)
    if known:
        text = re.sub("|".join(map(re.escape, known)), lambda found: masked(found.group()), text)
    return _PHONE.sub(lambda found: masked_phone(found.group()), text)


def names_in(document: dict[str, Any]) -> list[str]:
    """Everybody a document speaks of."""
    people = [name for p in document["people"] for name in (p["name"], p["substitute"])]
    duties = [who for task in document["tasks"] for who in task["people"]]
    return [n for n in (*people, *duties, document["chair"], document["recorder"]) if n]


def public(document: dict[str, Any]) -> dict[str, Any]:
    """The same document for everybody."""
    names = names_in(document)
    made: dict[str, Any] = _through(document, names)
    return made | {"masked": True}


def _through(value: Any, names: list[str]) -> Any:
    if isinstance(value, str):
        return hidden(value, names)
    if isinstance(value, list):
        return [_through(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _through(one, names) for key, one in value.items()}
    return value
