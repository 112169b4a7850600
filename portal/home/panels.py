"""What the first floor from the top adds to a topic's page: the way on to the next thing of the queue."""

from typing import Any

from flask import session

from ..core import panels
from ..core.actor import Actor
from ..core.panels import Panel
from .chrome import holds

WORKED = "desk"
"""In the session of somebody who works through his queue: [the queue's query, key of the row last opened]."""


def _next(actor: Actor, topic: Any) -> dict[str, Any] | None:
    """For somebody who came from the desk: after answering one thing he goes straight to the next."""
    worked = session.get(WORKED)
    return {} if worked and worked[1] and holds(actor, "desk:open") else None


panels.add(Panel("desk_next", "topic", "next", "home/next.html", _next))
