"""What waits for whom, until when: one list over all features, for 首页 and the desk.

A feature contributes a select of the seven columns below, restricted to what waits for the reader. Nothing is stored
twice, so the list is never out of date. Who reads, when and on which day are parameters (`ME`, `NOW`, `DAY`), so that
readers with the same posts share one statement, made ready once; whoever runs it gives their values (`given`).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from . import access
from .access import Condition, Permission
from .actor import Actor
from .columns import Instant, Rows
from .db import read
from .text import N_

KEPT = 64
"""Unions kept, and statements over each: they are large, and one is shared by all with the same posts."""


class _Reader(sa.BindParameter[int]):
    """Somebody who is signed in, whoever he is."""

    inherit_cache = True

    def __bool__(self) -> bool:
        return True


ME: Any = _Reader("waiting_me", required=True, type_=sa.Integer())
"""Who reads the list."""
DAY: Any = sa.bindparam("waiting_day", type_=sa.Date)
_hours: dict[str, timedelta] = {}


def hour(later: timedelta) -> Any:
    """The hour of reading and so much later, as a parameter of the statement."""
    name = f"waiting_{round(later.total_seconds())}".replace("-", "before_")
    _hours[name] = later
    return sa.bindparam(name, type_=Instant())


NOW = hour(timedelta(0))


def given(actor: Actor) -> dict[str, Any]:
    """The values of the parameters of the list that `actor` reads."""
    return {
        "waiting_me": actor.id,
        "waiting_day": actor.today,
        **{name: actor.now + later for name, later in _hours.items()},
    }


COLUMNS = ("kind", "subject_id", "title", "party", "since", "due", "place_path")
NO_HOUR = sa.cast(sa.null(), Instant())
"""Of a thing that is due at no hour. It says its type: a union on PostgreSQL takes a bare null for text."""
Source = Callable[[Actor], Rows | None]


class Wait(NamedTuple):
    """One thing that waits. `kind` chooses words, icon and address (see `Kind`); party is who owes it."""

    kind: str
    subject_id: int
    title: str
    party: str
    since: datetime
    due: datetime | None
    place_path: str


class Kind(NamedTuple):
    """How a kind of waiting is said: tag, verb of its one button, icon, endpoint with its id argument."""

    tag: str
    verb: str
    icon: str
    endpoint: str
    argument: str
    personal: bool
    """For the person himself, or work of a post."""
    due: str = N_("%(time)s 截止")
    """What happens at the hour of `Wait.due`."""


KINDS: dict[str, Kind] = {}
_sources: dict[str, Source] = {}


def lines(
    kind: str,
    thing: Any,
    *,
    title: Any,
    since: Any,
    party: Any = "community",
    due: Any = NO_HOUR,
    subject: Any = None,
) -> Rows:
    """The seven columns of a kind, of the rows of `thing`; `subject`: what the button leads to, if it is not that."""
    return sa.select(
        sa.literal(kind).label("kind"),
        (thing.id if subject is None else subject).label("subject_id"),
        title.label("title"),
        (sa.literal(party) if isinstance(party, str) else party).label("party"),
        since.label("since"),
        due.label("due"),
        thing.place_path,
    )


def add(name: str, kind: Kind, source: Source) -> None:
    """Register one kind of waiting with the statement that finds it."""
    KINDS[name], _sources[name] = kind, source


def those(model: Any, permission: Permission, found: Callable[[Condition], Rows]) -> Source:
    """A source made of a policy: the rows of `model` that the actor may do `permission` to. `found` is given that
    condition, for those only whom the rule can reach, and is a `prepared`."""

    def source(actor: Actor) -> Rows | None:
        if not access.reaches(actor, model, permission):
            return None
        return found(access.rows(actor, model, permission))

    return source


def personal(found: Callable[[], Rows]) -> Source:
    """A source that is the same for everybody: rows that name `ME`. `found` is a `prepared`."""
    return lambda _actor: found()


def union(actor: Actor) -> sa.Subquery | None:
    """All that waits for the actor, as one table of the seven columns with the parameters of `given`."""
    if actor.id is None:
        return None
    reader = replace(actor, id=cast(int, ME), now=cast(datetime, NOW))
    selects = tuple(s for source in _sources.values() if (s := source(reader)) is not None)
    return _union(selects) if selects else None


def one_of(column: Any, words: Iterable[Any]) -> Condition:
    """Whether a column is one of some words, written out: a list that is spelled when it is run takes a long way."""
    return cast(Condition, column.in_([sa.literal(word, column.type) for word in words]))


@lru_cache(KEPT)
def _union(selects: tuple[Rows, ...]) -> sa.Subquery:
    """The same table for the same statements: sources that are `prepared` themselves make it shared."""
    return sa.union_all(*selects).subquery("waiting")


class Waits(NamedTuple):
    """The most urgent things, and how many there are in all."""

    shown: list[Wait]
    total: int


def waits(actor: Actor, most: int) -> Waits:
    """The first `most` things that wait for the actor: most overdue first, then by hour, those without one last; of
    what is due at the same hour his own before the work of his post. One query."""
    table = union(actor)
    if table is None:
        return Waits([], 0)
    rows = read(_first(table, most), given(actor))
    return Waits([Wait(*row[:-1]) for row in rows], rows[0][-1] if rows else 0)


def waiting_for(actor: Actor, limit: int = 50) -> list[Wait]:
    """What `waits` shows."""
    return waits(actor, limit).shown


@lru_cache(KEPT)
def _first(table: sa.Subquery, most: int) -> Rows:
    columns = [sa.type_coerce(c, Instant()) if c.name in ("since", "due") else c for c in table.c]
    own = one_of(table.c.kind, [name for name, kind in KINDS.items() if kind.personal])
    order = (
        sa.case((table.c.due.is_(None), 1), else_=0),
        table.c.due,
        sa.case((own, 0), else_=1),
        table.c.since,
    )
    return sa.select(*columns, sa.func.count().over()).order_by(*order).limit(most)
