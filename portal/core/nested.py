"""Short lists inside a row: options, photos and answers of a topic arrive with the topic, in one query."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

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
    return f"json_array({compiler.process(element.clauses, **kw)})"


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
