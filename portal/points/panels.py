"""What points add to the page of a team: what its members earned with it. Each has his own; a team has no account, and
nothing of it can be used or passed on."""

from typing import Any

import sqlalchemy as sa

from ..core import panels
from ..core.actor import Actor
from ..core.db import read
from ..core.panels import Panel
from .models.ledger import Entry
from .queries.table import kept
from .words import Kind


def _earned(_actor: Actor, team: Any) -> dict[str, Any] | None:
    """Since it began and this year; None where it never brought any."""
    undone = sa.orm.aliased(Entry)
    wanted = sa.select(sa.func.sum(kept())).where(
        Entry.team == f"volunteer_team:{team.id}",
        Entry.kind == Kind.EARN,
        ~sa.exists().where(undone.closes_id == Entry.id),
    )
    points = read(wanted)[0][0]
    return {"points": int(points)} if points else None


panels.add(Panel("points", "volunteer_team", "aside", "points/team.html", _earned))
