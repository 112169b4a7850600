"""Terms of memberships, posts and seats: half-open spans of days, `starts` included, `ends` not; none is no end."""

from typing import Any

import sqlalchemy as sa

from . import clock

TODAY = sa.bindparam("today", callable_=clock.today, type_=sa.Date)
"""The day in the community on which a statement runs, for statements that are made once."""


def in_term(table: Any, day: Any = TODAY) -> sa.ColumnElement[bool]:
    """Whether the day (a date, or a parameter) lies in the term of a row of `table`."""
    return sa.and_(table.starts <= day, sa.or_(table.ends.is_(None), table.ends > day))
