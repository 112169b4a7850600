"""Minutes for everybody: the names of people half hidden, phone, identity and door numbers too; and which texts say who
somebody is. Pure."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from ..core.hiding import hidden as hidden
from ..core.hiding import known
from ..core.telling import DOOR, IDENTITY, PHONE
from ..core.text import N_
from .words import Duty

TYPED = frozenset(
    {
        *("title", "body", "venue", "chair", "recorder", "name", "substitute"),
        *("text", "what", "people", "reason", "answer", *Duty),
    }
)
"""Under which keys of a document people wrote freely. All others hold words of the portal, days, hours and numbers,
which are read again by programs and stay as they are, whatever anybody is called."""


class Telling(StrEnum):
    """What in a line says who somebody is."""

    NAME = "name"
    PHONE = "phone"
    IDENTITY = "identity"
    DOOR = "door"


TELLING_WORD: dict[Telling, str] = {
    Telling.NAME: N_("全名"),
    Telling.PHONE: N_("手机号"),
    Telling.IDENTITY: N_("身份证号"),
    Telling.DOOR: N_("门牌号"),
}


class Warned(NamedTuple):
    """A text that says who somebody is, and by what."""

    text: str
    by: tuple[Telling, ...]
    cure: str


def telling(text: str, names: Iterable[str]) -> tuple[Telling, ...]:
    """What in a text says who somebody is; `names` are those of the people who were there."""
    without = IDENTITY.sub("", text)
    found = {
        Telling.NAME: any(name in text for name in known(names)),
        Telling.PHONE: PHONE.search(without) is not None,
        Telling.IDENTITY: without != text,
        Telling.DOOR: DOOR.search(text) is not None,
    }
    return tuple(kind for kind, there in found.items() if there)


def warned(texts: Iterable[tuple[str, str]], names: Iterable[str]) -> list[Warned]:
    """Of texts, each with the page where it is written, those that say who somebody is."""
    every = list(names)
    return [Warned(text, by, cure) for text, cure in texts if (by := telling(text, every))]


def names_in(document: dict[str, Any]) -> list[str]:
    """Everybody a document speaks of by his role in it."""
    people = [name for p in document["people"] for name in (p["name"], p["substitute"])]
    duties = [who for task in document["tasks"] for who in task["people"]]
    return [n for n in (*people, *duties, document["chair"], document["recorder"]) if n]


def texts_in(value: Any, typed: bool = False) -> Iterator[str]:
    """All that people typed into a document, wherever it stands."""
    if isinstance(value, str) and typed:
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one, typed)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts_in(one, key in TYPED)


def public(document: dict[str, Any], others: Iterable[str] = ()) -> dict[str, Any]:
    """The same document for everybody. `others`: names beside those of the people it speaks of by their role."""
    names = [*names_in(document), *others]
    made: dict[str, Any] = _through(document, names)
    return made | {"masked": True}


def _through(value: Any, names: list[str], typed: bool = False) -> Any:
    if isinstance(value, str):
        return hidden(value, names) if typed else value
    if isinstance(value, list):
        return [_through(one, names, typed) for one in value]
    if isinstance(value, dict):
        return {key: _through(one, names, key in TYPED) for key, one in value.items()}
    return value
