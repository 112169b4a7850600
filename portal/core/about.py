"""What an event is about, in words, found when it is read: the item of an agenda, the task, the candidate. The log has
its number and nothing else. A feature registers it in its room `named`."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from .actor import Actor
from .columns import Rows
from .db import read
from .eventlog import Event
from .leaves_text import masked


class Named(NamedTuple):
    """In which field an event has the number, and which words belong to it."""

    field: str
    kind: str


Found = Callable[[Actor], Rows]
"""`id`, `words` and `person` (the words are somebody's name) of the things the reader may see."""
_OF: dict[str, Named] = {}
_FOUND: dict[str, Found] = {}


def about(kind: str, field: str, found: Found, *events: type[Event]) -> None:
    """Events that carry the number of a thing of this kind in a field; rooms are imported more than once."""
    if _FOUND.setdefault(kind, found) is not found:
        raise LookupError(f"two things are called {kind}")
    for event in events:
        if field not in event.__annotations__:
            raise LookupError(f"{event.name} has no {field}")
        _OF[event.name] = Named(field, kind)


def words_of(actor: Actor, rows: Iterable[Any]) -> list[str]:
    """For each row of the log (name, payload) what it is about; "" where that is nothing, or nothing the reader may
    see. One query, none where there is nothing to be named."""
    asked: dict[str, set[int]] = defaultdict(set)
    keys = [_key(row) for row in rows]
    for kind, number in filter(None, keys):
        asked[kind].add(number)
    words = _words(actor, asked) if asked else {}
    return [words.get(key, "") if key else "" for key in keys]


def _key(row: Any) -> tuple[str, int] | None:
    named = _OF.get(row.name)
    number = row.payload.get(named.field) if named else None
    return (named.kind, number) if named and number else None


def _words(actor: Actor, asked: dict[str, set[int]]) -> dict[tuple[str, int], str]:
    parts = []
    for kind, numbers in sorted(asked.items()):
        things = _FOUND[kind](actor).subquery()
        columns = sa.literal(kind).label("kind"), things.c.id, things.c.words, things.c.person
        parts.append(sa.select(*columns).where(things.c.id.in_(sorted(numbers))))
    named = sa.union_all(*parts).subquery()
    return {
        (row.kind, row.id): masked(row.words) if row.person and not actor.id else row.words
        for row in read(sa.select(named))
    }
