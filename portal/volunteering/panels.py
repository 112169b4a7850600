"""What volunteering adds to the page of a person: his hours, for himself and for staff."""

from typing import Any

import sqlalchemy as sa

from ..core import access, panels
from ..core.actor import Actor
from ..core.db import db
from ..core.panels import Panel
from .models.book import HoursEntry
from .models.people import Volunteer


def _hours(actor: Actor, person: Any) -> dict[str, Any] | None:
    """His number and all his minutes; None for who is no volunteer, or not for this reader."""
    minutes = (
        sa.select(sa.func.coalesce(sa.func.sum(HoursEntry.minutes), 0))
        .where(HoursEntry.user_id == person.id)
        .scalar_subquery()
    )
    found = sa.select(Volunteer.id, Volunteer.serial, minutes.label("minutes")).where(
        Volunteer.user_id == person.id, access.rows(actor, Volunteer)
    )
    row = db.session.execute(found).first()
    return {"volunteer": row, "mine": person.id == actor.id} if row else None


panels.add(Panel("volunteer", "user", "aside", "volunteering/panel.html", _hours))
