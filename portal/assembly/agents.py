"""Which letters of authority name the same agent, whatever the letters call him. Pure.

The cap of a vote counts owners by agent. An agent is known by his account and by his phone number; a letter that has
neither knows his name alone, and is that of the first agent of this name. Who shares a name and has another number is
somebody else.
"""

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple


class Letter(NamedTuple):
    """What a letter says of its agent: his account, his phone number, his name."""

    id: int
    account: int | None
    phone: str
    name: str


def same_name(name: str) -> str:
    """A name as it is compared: without spaces, wide and narrow signs alike."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def by_agent(letters: Iterable[Letter]) -> dict[int, int]:
    """By the id of a letter the least id of its agent's letters."""
    ordered = sorted(letters, key=lambda letter: letter.id)
    first = {letter.id: letter.id for letter in ordered}
    known = [letter for letter in ordered if letter.account or letter.phone]
    for key in ("account", "phone"):
        there: dict[object, int] = {}
        for letter in known:
            if says := getattr(letter, key):
                _join(first, letter.id, there.setdefault(says, letter.id))
    names: dict[str, int] = {}
    for letter in (*known, *ordered):
        names.setdefault(same_name(letter.name), letter.id)
    for letter in ordered:
        if not letter.account and not letter.phone:
            _join(first, letter.id, names[same_name(letter.name)])
    return {letter.id: _root(first, letter.id) for letter in ordered}


def _root(first: dict[int, int], id_: int) -> int:
    while first[id_] != id_:
        id_ = first[id_]
    return id_


def _join(first: dict[int, int], one: int, other: int) -> None:
    low, high = sorted((_root(first, one), _root(first, other)))
    first[high] = low
