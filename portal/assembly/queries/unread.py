"""Rows of the roster that are in no register: their homes would be missing from a roll and its totals."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access
from ...core.actor import Actor
from ...core.db import read
from ...places.models import RosterImport


class NotTaken(NamedTuple):
    """The last roster file of the community. `address`: of its report, for who may read it, "" for others."""

    rows: int
    address: str


def rows_not_taken(actor: Actor, vote: Any) -> NotTaken | None:
    """What the last file left out, if it did; a later file without such rows has mended it. One query."""
    latest = (
        sa.select(RosterImport.id, RosterImport.summary, access.rows(actor, RosterImport).label("open"))
        .where(sa.literal(vote.place_path).startswith(RosterImport.place_path))
        .order_by(RosterImport.id.desc())
        .limit(1)
    )
    for row in read(latest):
        if refused := row.summary.get("refuse", 0):
            return NotTaken(refused, f"/rosters/{row.id}" if row.open else "")
    return None
