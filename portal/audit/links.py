"""The links on disk beside the database, and the rows of the log they cover."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.db import db, stream
from ..core.eventlog import Entry
from .chain import Link, link, parse

SETTLED = timedelta(minutes=10)
"""Rows younger than this may still have an elder being written beside them; they wait for the next night."""
_COLUMNS = tuple(Entry.__table__.c)


def read(path: Path) -> list[Link]:
    """All links, oldest first; none before the first night. Raises ValueError for a line that is no link."""
    return [parse(line) for line in path.read_text().splitlines()] if path.exists() else []


def extend(path: Path) -> Link | None:
    """Append the link of all settled rows that have none yet. None if there are no new rows."""
    links = read(path)
    before = links[-1] if links else None
    first = before.last + 1 if before else 1
    last = _settled()
    if last < first:
        return None
    made = link(before, first, last, rows(first, last))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as out:
        out.write(f"{made}\n")
        out.flush()
        os.fsync(out.fileno())
    return made


def broken(path: Path) -> list[tuple[Link, Link]]:
    """Links that no longer fit: (as written, as it would be computed today)."""
    found, before = [], None
    for written in read(path):
        first = before.last + 1 if before else 1
        today = link(before, first, written.last, rows(first, written.last))
        if today != written:
            found.append((written, today))
        before = written
    return found


def rows(first: int, last: int) -> Iterator[Any]:
    """The rows of the log with these ids, in order."""
    found = sa.select(*_COLUMNS).where(Entry.id.between(first, last)).order_by(Entry.id)
    yield from stream(found, 1000)


def _settled() -> int:
    """The last id below every row that is younger than `SETTLED`; 0 if there is none."""
    young = sa.select(sa.func.min(Entry.id)).where(Entry.at > clock.now() - SETTLED)
    youngest = db.session.scalar(young)
    older = sa.select(sa.func.max(Entry.id))
    return int(db.session.scalar(older.where(Entry.id < youngest) if youngest else older) or 0)
