"""What this floor adds to pages: the way on to the next thing of the queue on a topic's page; the latest decisions
and the latest finished project on the first page."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import session

from ..core import panels
from ..core.actor import Actor
from ..core.nested import nested, unpack
from ..core.panels import Panel
from ..decisions.models import Decision
from ..decisions.words import DecisionState
from ..projects.brief import latest_finished
from .chrome import holds
from .queries.overview import SUBJECT

WORKED = "desk"
"""In the session of somebody who works through his queue: [the queue's query, key of the row last opened]."""
LATEST = 3


class Settled(NamedTuple):
    """A decision as the first page shows it."""

    id: int
    title: str
    state: str
    basis: str
    posted_at: datetime
    posted_until: datetime | None
    effective_at: datetime | None


def _next(actor: Actor, topic: Any) -> dict[str, Any] | None:
    """For somebody who came from the desk: after answering one thing he goes straight to the next."""
    worked = session.get(WORKED)
    return {} if worked and worked[1] and holds(actor, "desk:open") else None


def _decisions(place: Any) -> Any:
    """The latest decisions of a community that were posted; they are public from then on."""
    latest = (
        sa.select(
            Decision.id,
            Decision.title,
            Decision.state,
            Decision.basis,
            Decision.posted_at,
            Decision.posted_until,
            Decision.effective_at,
        )
        .where(Decision.community_path == place.place_path, Decision.state != DecisionState.DRAFT)
        .order_by(Decision.year.desc(), Decision.serial.desc())
        .limit(LATEST)
    )
    return nested(latest, of=place)


def _decided(actor: Actor, community: Any) -> dict[str, Any]:
    return {"decisions": unpack(Settled, community.panel_home_decided)}


def _finished(actor: Actor, _community: Any) -> dict[str, Any] | None:
    """The project accepted last that shows how it was and how it is; one query of its own."""
    finished = latest_finished(actor)
    return {"project": finished[0]} if finished else None


panels.add(Panel("desk_next", "topic", "next", "home/next.html", _next))
panels.add(Panel("home_decided", SUBJECT, "decided", "home/decided.html", _decided, _decisions))
panels.add(Panel("home_finished", SUBJECT, "finished", "home/finished.html", _finished))
