"""Rows as lines of JSON and back: every table of the portal, whatever the database."""

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app

from ...core.db import Base, db
from .manifest import Unusable

BATCH = 500


def tables() -> list[sa.Table]:
    """All tables, those that are referred to before those that refer to them."""
    return list(Base.metadata.sorted_tables)


def carried(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of a table that a backup holds: all but those that the database works out from the others."""
    return [column for column in table.columns if column.computed is None]


def write(connection: sa.Connection, table: sa.Table, path: Path) -> int:
    """The rows of a table as lines after one with the names of its columns, in the order of its key; how many."""
    count = 0
    found = sa.select(*carried(table)).order_by(*table.primary_key.columns)
    with path.open("w", encoding="utf-8") as out:
        out.write(json.dumps([column.name for column in carried(table)]) + "\n")
        for row in connection.execution_options(yield_per=1000).execute(found):
            line = [_plain(value) for value in row]
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += 1
    return count


def read(table: sa.Table, path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file as values for an insert. Raises Unusable for a line that does not fit the table."""
    readers = [(column.name, _reader(column)) for column in carried(table)]
    with path.open(encoding="utf-8") as source:
        if next(source, "").strip() != json.dumps([name for name, _read in readers]):
            raise Unusable(f"{path.name} has other columns than this release")
        for number, text in enumerate(source, 2):
            try:
                values = json.loads(text)
                yield {
                    name: None if value is None else reader(value)
                    for (name, reader), value in zip(readers, values, strict=True)
                }
            except (ValueError, TypeError):
                raise Unusable(f"line {number} of {path.name} does not fit the table") from None


def insert(table: sa.Table, rows: Iterable[dict[str, Any]]) -> int:
    """Put rows into a table in the running transaction, in the order of their keys. What refers to a later row of the
    same table is set afterwards; what refers to an earlier one is there at once, since some rows never change."""
    own = [c.name for c in carried(table) if any(f.column.table is table for f in c.foreign_keys)]
    count, later = 0, []
    for batch in _batches(rows):
        waits = [[name for name in own if _is_later(table, row, name)] for row in batch]
        later += [dict(row) for row, names in zip(batch, waits, strict=True) if names]
        ready = [row | dict.fromkeys(names) for row, names in zip(batch, waits, strict=True)]
        db.session.execute(sa.insert(table), ready)
        count += len(batch)
    if later:
        keys = [column.name for column in table.primary_key.columns]
        here = sa.and_(*(table.c[key] == sa.bindparam(f"key_{key}") for key in keys))
        refer = sa.update(table).where(here).values({name: sa.bindparam(f"to_{name}") for name in own})
        named = [{f"key_{k}": row[k] for k in keys} | {f"to_{n}": row[n] for n in own} for row in later]
        db.session.connection().execute(refer, named)
    return count


def empty() -> bool:
    """Whether no table holds a row."""
    return all(
        db.session.execute(sa.select(sa.literal(1)).select_from(t).limit(1)).first() is None for t in tables()
    )


def _is_later(table: sa.Table, row: dict[str, Any], name: str) -> bool:
    """Whether the row that this one refers to by `name` comes after it, as far as its key tells."""
    keys = list(table.primary_key.columns)
    return row[name] is not None and not (len(keys) == 1 and row[name] < row[keys[0].name])


def clear() -> None:
    """Delete every row of every table, in the running transaction, also of those that the database keeps for ever."""
    with _unguarded():
        for table in reversed(tables()):
            own = {
                c.name: None for c in carried(table) if any(f.column.table is table for f in c.foreign_keys)
            }
            if own:
                db.session.execute(sa.update(table).values(own))
            db.session.execute(sa.delete(table))


@contextmanager
def _unguarded() -> Iterator[None]:
    """Without the triggers that refuse a change; they are back before the transaction ends."""
    off, on = _of_postgresql() if db.engine.dialect.name == "postgresql" else _of_sqlite()
    connection = db.session.connection()
    for statement in off:
        connection.exec_driver_sql(statement)
    yield
    for statement in on:
        connection.exec_driver_sql(statement)


def _of_sqlite() -> tuple[list[str], list[str]]:
    """What takes the triggers away and what makes them again."""
    found = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    triggers = list(db.session.execute(found))
    return [f'DROP TRIGGER "{name}"' for name, _sql in triggers], [sql for _name, sql in triggers]


def _of_postgresql() -> tuple[list[str], list[str]]:
    """What stops the triggers and what lets them go on."""
    found = sa.text("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
    named = sorted(db.session.scalars(found))
    stop, go = (
        [f"ALTER TABLE {name} {verb} TRIGGER USER" for name in named] for verb in ("DISABLE", "ENABLE")
    )
    return stop, go


def continue_numbering() -> None:
    """Let PostgreSQL give the next row the next free number (SQLite does so by itself)."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in tables():
        keys = list(table.primary_key.columns)
        if len(keys) != 1 or not isinstance(keys[0].type, sa.Integer) or keys[0].foreign_keys:
            continue
        name = db.engine.dialect.identifier_preparer.format_table(table)
        sequence = db.session.scalar(sa.select(sa.func.pg_get_serial_sequence(name, keys[0].name)))
        highest = db.session.scalar(sa.select(sa.func.max(keys[0])))
        if sequence and highest is not None:
            db.session.execute(sa.select(sa.func.setval(sequence, highest)))


def revision() -> str:
    """The schema's revision, "" where migrations were never run."""
    if not sa.inspect(db.engine).has_table("alembic_version"):
        return ""
    return str(db.session.execute(sa.text("select version_num from alembic_version")).scalar() or "")


def prepare() -> None:
    """Make the tables in an empty database: by the migrations where the project has them."""
    folder = Path(current_app.extensions["migrate"].directory) / "versions"
    if any(folder.glob("*.py")):
        from flask_migrate import upgrade

        upgrade()
    else:
        db.create_all()


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _reader(column: sa.Column[Any]) -> Any:
    """What turns a JSON value back into the value of a column."""
    if isinstance(column.type, (sa.JSON, sa.Enum)):
        return lambda value: value
    kind = column.type.python_type
    readers = {datetime: datetime.fromisoformat, date: date.fromisoformat, bytes: base64.b64decode}
    return readers.get(kind, lambda value: value)
