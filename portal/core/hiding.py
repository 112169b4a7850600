"""A free text for everybody: names half hidden, phone, identity and door numbers too. Pure."""

import re
from collections.abc import Iterable

from .leaves_text import masked, masked_phone
from .telling import IDENTITY, LONG, PHONE, ROOM, doors_hidden

_LETTER = "[A-Za-zÀ-ɏ]"
SHORTEST = 2
"""A name of one character would hide every such character."""


def hidden(text: str, names: Iterable[str], *, anonymous: bool = False) -> str:
    """A text with the given names and all mobile, identity and door numbers half hidden. Longer names first: 王秀兰
    before 王秀. Identity numbers before phones: the digits of the one may look like the other. Of what was said without
    a name (`anonymous`) no part of any long number is left, nor a room by itself (601室)."""
    if anonymous:
        text = ROOM.sub("***", doors_hidden(LONG.sub("***", text)))
    if every := known(names):
        text = re.sub("|".join(map(_whole, every)), lambda found: masked(found.group()), text)
    text = IDENTITY.sub(lambda found: f"{found.group()[:3]}***************", text)
    text = PHONE.sub(lambda found: masked_phone(found.group()), text)
    return doors_hidden(text)


def known(names: Iterable[str]) -> list[str]:
    """The names that can be looked for in a text, longer ones first."""
    return sorted({n for n in names if len(n) >= SHORTEST}, key=len, reverse=True)


def _whole(name: str) -> str:
    """A pattern of a name. One in letters is a whole word: Anna is not in Annabel; other writings have no gaps."""
    before = f"(?<!{_LETTER})" if re.match(_LETTER, name) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, name[-1]) else ""
    return f"{before}{re.escape(name)}{after}"
