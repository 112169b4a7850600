"""Numbers that a council gives away within a year: of topics, of polls."""

from typing import Any

import sqlalchemy as sa

from ..core.db import db
from . import rules
from .models import Council


def next_number(numbered: Any, council: Council, year: int) -> str:
    """The next free `number` of a table; the council's row is locked, so nobody else is taking it."""
    latest = sa.select(sa.func.max(numbered.number)).where(
        numbered.council_id == council.id, numbered.number.like(f"{year}-%")
    )
    return rules.number(year, rules.serial_after(db.session.scalar(latest), year))
