"""What waits for the reader, his own things before those of his post; one query."""

from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa

from ...core import waiting
from ...core.actor import Actor
from ...core.columns import Instant, Rows
from ...core.db import read
from ...core.waiting import Wait

SHOWN = 5


class Waits(NamedTuple):
    """The most urgent things, and how many there are in all."""

    shown: list[Wait]
    total: int


def waits(actor: Actor, most: int = SHOWN) -> Waits:
    """The first `most` things that wait for the actor: personal ones first, then by hour, those without one last."""
    table = waiting.union(actor) if actor.id else None
    if table is None:
        return Waits([], 0)
    rows = read(_first(table, most), waiting.given(actor))
    return Waits([Wait(*row[:-1]) for row in rows], rows[0][-1] if rows else 0)


@lru_cache(waiting.KEPT)
def _first(table: sa.Subquery, most: int) -> Rows:
    columns = [sa.type_coerce(c, Instant()) if c.name in ("since", "due") else c for c in table.c]
    personal = [name for name, kind in waiting.KINDS.items() if kind.personal]
    order = (
        sa.case((waiting.one_of(table.c.kind, personal), 0), else_=1),
        sa.case((table.c.due.is_(None), 1), else_=0),
        table.c.due,
        table.c.since,
    )
    return sa.select(*columns, sa.func.count().over()).order_by(*order).limit(most)
