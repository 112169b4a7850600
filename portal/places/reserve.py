"""Rows written in bulk. Their numbers are taken first, so that a place can carry its own path."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import sqlalchemy as sa

from ..core.db import db

BATCH = 2_000


def reserve(model: type[Any], count: int) -> Iterator[int]:
    """`count` ids of the model's table nobody else gets. Inside a writing transaction only."""
    if count and db.engine.dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(sa.func.quote_ident(model.__tablename__), "id")
        numbers = sa.select(sa.func.nextval(sequence)).select_from(sa.func.generate_series(1, count))
        return iter(list(db.session.scalars(numbers)))
    # SQLite: one writer at a time holds the whole database.
    last = db.session.scalar(sa.select(sa.func.max(model.id))) or 0
    return iter(range(last + 1, last + count + 1))


def write(rows: Iterable[dict[str, Any]], model: type[Any]) -> None:
    """Insert complete rows of one table in batches."""
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        db.session.execute(sa.insert(model), batch)
