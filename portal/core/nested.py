"""Short lists inside a row: options, photos and answers of a topic arrive with the topic, in one query."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from . import clock
from .columns import Rows


class _Row(FunctionElement[Any]):
    name = "json_row"
    inherit_cache = True


class _List(FunctionElement[Any]):
    name = "json_list"
    type = sa.JSON()
    inherit_cache = True


@compiles(_Row, "sqlite")
def _(element: _Row, compiler: Any, **kw: Any) -> str:
    parts = (compiler.process(c, **kw) for c in element.clauses)
    lists = (isinstance(c.type, sa.JSON) for c in element.clauses)
    return f"json_array({', '.join(f'json({p})' if inner else p for p, inner in zip(parts, lists, strict=True))})"


@compiles(_Row, "postgresql")
def _(element: _Row, compiler: Any, **kw: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **kw)})"


@compiles(_List, "sqlite")
def _(element: _List, compiler: Any, **kw: Any) -> str:
    return f"json_group_array(json({compiler.process(element.clauses, **kw)}))"


@compiles(_List, "postgresql")
def _(element: _List, compiler: Any, **kw: Any) -> str:
    return f"coalesce(json_agg({compiler.process(element.clauses, **kw)}), '[]'::json)"


def nested(rows: Rows, of: type[Any]) -> sa.ScalarSelect[Any]:
    """A column holding the rows of `rows` (correlated to the table of `of`) as a list of lists, in order.

    For short lists only. Values travel as JSON: instants arrive as text (`clock.parse`), amounts as integers.
    """
    inner = rows.correlate(of).subquery()
    return sa.select(_List(_Row(*inner.c))).select_from(inner).correlate(of).scalar_subquery()


N = TypeVar("N", bound=tuple[Any, ...])


def unpack(kind: Callable[..., N], rows: Sequence[Sequence[Any]]) -> list[N]:
    """The rows of a nested column as named tuples; fields annotated as datetime become aware instants, those
    annotated as date become days."""
    readers = _readers(kind)
    return [
        kind(*(readers[n](v) if n in readers and v is not None else v for n, v in enumerate(row)))
        for row in rows
    ]


@cache
def _readers(kind: Any) -> dict[int, Callable[[str], Any]]:
    """Position of a field → what reads its text."""
    hints = get_type_hints(kind)
    return {
        n: read
        for n, name in enumerate(kind._fields)
        for type_, read in ((datetime, clock.parse), (date, date.fromisoformat))
        if type_ in (hints[name], *get_args(hints[name]))
    }
