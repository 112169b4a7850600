"""The short way of a statement to the database.

SQLAlchemy keeps the compiled text of a statement; what it then does for each run (context, cursor, lookups) costs ten
times what SQLite takes for a short one. A statement that is run again is therefore made ready once: its text, its
values in order, how each is spelled for the driver and read back. What comes in and out is what SQLAlchemy would take
and give: the types do the spelling, rows are its rows, errors its errors.

Lists of values, many rows at once, defaults made in Python and whoever listens to statements go the long way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import result_tuple
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]
Spell = Callable[[Any], Any]


class Done(NamedTuple):
    """What a statement did: rows it gave back, and how many an UPDATE or DELETE touched."""

    rows: Sequence[Any]
    rowcount: int


@dataclass(slots=True)
class Ready:
    """A statement for one database. Values go by their names in the text, or one after the other."""

    text: str
    fixed: Values
    needed: frozenset[str]
    order: Callable[[Values], tuple[Any, ...]] | None
    spell: Sequence[tuple[str, Spell]]
    row: Callable[[Sequence[Any]], Any] | None
    types: Sequence[Any]
    read: Sequence[tuple[int, Spell]] | None = None
    """How values of which columns are read; known after the first run."""


_ready: "WeakKeyDictionary[Any, dict[Any, Ready | None]]" = WeakKeyDictionary()


def run(line: sa.Connection, statement: Any, values: Values | None = None) -> Done:
    """Run a statement with one set of values over a connection that is in its transaction."""
    given = values or {}
    ready = None if line.dispatch.before_cursor_execute else _made_ready(line.dialect, statement, given)
    if ready is None or not ready.needed <= given.keys():
        return _the_long_way(line, statement, values)
    args: Any = None
    try:
        args = _spelled(ready, given)
        driver: Any = line.connection.dbapi_connection
        cursor = driver.execute(ready.text, args)
        rows = _read(line.dialect, ready, cursor) if ready.row else ()
        return Done(rows, cursor.rowcount)
    except Exception as error:
        line._handle_dbapi_exception(error, ready.text, args, None, None)


def _the_long_way(line: sa.Connection, statement: Any, values: Values | None) -> Done:
    result = line.execute(statement, values)
    count = result.rowcount if result.context.is_crud else -1
    return Done(result.all() if result.returns_rows else (), count)


def _made_ready(dialect: sa.Dialect, statement: Any, values: Values) -> Ready | None:
    """None the first time, since most statements that are built for one request never come again."""
    kept = _ready.get(statement)
    if kept is None:
        _ready[statement] = {}
        return None
    at = (dialect, frozenset(values)) if statement.is_dml else dialect
    if at not in kept:
        kept[at] = _make_ready(dialect, statement, values)
    return kept[at]


def _make_ready(dialect: sa.Dialect, statement: Any, values: Values) -> Ready | None:
    compiled = statement.compile(dialect=dialect, column_keys=sorted(values))
    if not isinstance(compiled, SQLCompiler) or _made_when_run(compiled):
        return None
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    columns = [] if compiled.implicit_returning else compiled._result_columns
    impls = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    return Ready(
        text=str(compiled),
        fixed={name: bind.value for name, bind in binds.items() if not bind.required},
        needed=frozenset(name for name, bind in binds.items() if bind.required),
        order=_in_order(compiled.positiontup) if compiled.positional else None,
        spell=[(name, spell) for name, spell in impls.items() if spell],
        row=result_tuple([column.keyname for column in columns]) if columns else None,
        types=[column.type.dialect_impl(dialect) for column in columns],
    )


def _made_when_run(compiled: SQLCompiler) -> bool:
    """Whether text or values of a statement are only known when it is run."""
    called = any(
        bind.callable or (bind.required and bind.key != name) for bind, name in compiled.bind_names.items()
    )
    late = compiled.post_compile_params or compiled.literal_execute_params or compiled.escaped_bind_names
    return bool(
        called or late or compiled.isplaintext or compiled.insert_prefetch or compiled.update_prefetch
    )


def _in_order(names: Sequence[str] | None) -> Callable[[Values], tuple[Any, ...]]:
    if not names:
        return lambda _values: ()
    if len(names) == 1:
        return lambda values: (values[names[0]],)
    return itemgetter(*names)


def _spelled(ready: Ready, values: Values) -> Any:
    spelled = {**ready.fixed, **values}
    for name, spell in ready.spell:
        spelled[name] = spell(spelled[name])
    return ready.order(spelled) if ready.order else spelled


def _read(dialect: sa.Dialect, ready: Ready, cursor: Any) -> list[Any]:
    if ready.read is None:
        reads = enumerate(
            t.result_processor(dialect, cursor.description[n][1]) for n, t in enumerate(ready.types)
        )
        ready.read = [(n, read) for n, read in reads if read]
    row, read = ready.row, ready.read
    assert row is not None
    return [row(_as_read(read, found)) for found in cursor.fetchall()]


def _as_read(read: Sequence[tuple[int, Spell]], found: Sequence[Any]) -> Sequence[Any]:
    values = list(found)
    for n, spell in read:
        values[n] = spell(values[n])
    return values
