"""Seats that a count leaves open, and the lot among candidates who are level for them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core.db import db
from .models.elections import ElectionLot


class Open(NamedTuple):
    """Seats of an election that nobody has, and who may stand for them again, as the count file calls them."""

    seats: int
    again: list[str]


def still_open(matter: Any, lot: Any) -> Open:
    """Of a counted election: seats that stay vacant, and those that level candidates compete for unless a lot settled
    it; where too few took part, all of them."""
    result = matter.result
    if not result["part_ok"]:
        return Open(matter.seats, list(result["candidates"]))
    seated = {*result["elected"], *((lot.chosen or ()) if lot else ())}
    again = [name for name in result["candidates"] if name not in seated]
    return Open(matter.seats - len(seated), again)


def level(result: Mapping[str, Any] | None) -> tuple[list[str], list[str]]:
    """Who was elected, and who is level for the seats that are left: what a lot was drawn about."""
    return ([], []) if result is None else (sorted(result["elected"]), sorted(result["tied"]))


def lot_of(matter_id: int) -> ElectionLot | None:
    """The lot in force."""
    found = sa.select(ElectionLot).where(ElectionLot.matter_id == matter_id, ElectionLot.voided_at.is_(None))
    return db.session.scalars(found, execution_options={"populate_existing": True}).one_or_none()
