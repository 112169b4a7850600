"""What councils add to the page of a person: his seats, and the form that gives or ends one."""

from typing import Any

import sqlalchemy as sa

from ..core import access, panels
from ..core.actor import Actor
from ..core.db import db
from ..core.panels import Panel
from ..core.text import _
from .models import Council, Seat
from .policy import Can
from .words import PARTY_WORD, Party


def _seats(actor: Actor, person: Any) -> dict[str, Any] | None:
    """The seats the person holds; for those who may seat, also the parties he could sit for."""
    held = sa.and_(Seat.user_id == person.id, sa.or_(Seat.ends.is_(None), Seat.ends > actor.today))
    found = db.session.execute(
        sa.select(Council.name, Council.place_path, Seat.id.label("seat_id"), Seat.party, Seat.starts)
        .outerjoin(Seat, sa.and_(Seat.council_id == Council.id, held))
        .where(access.rows(actor, Council))
        .order_by(sa.func.length(Council.place_path), Council.id)
    ).all()
    seats = [row for row in found if row.seat_id]
    seating = bool(found) and bool(access.may(actor, Can.SEAT, found[0]))
    if not seats and not seating:
        return None
    return {"seats": seats, "seating": seating, "parties": [(p.value, _(PARTY_WORD[p])) for p in Party]}


panels.add(Panel("seats", "user", "aside", "councils/council/seats.html", _seats))
