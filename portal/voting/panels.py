"""What a topic's page shows of its polls: 去投票, and where the poll stands or what came out."""

from typing import Any

from ..core import panels
from ..core.actor import Actor
from ..core.nested import unpack
from ..core.panels import Panel
from .queries.pages import PollLine, polls_of_topic
from .words import PollState


def _shown(topic: Any) -> list[PollLine]:
    """Those that have begun, and those of which it was told when they begin."""
    lines = unpack(PollLine, topic.panel_polls or [])
    return [p for p in lines if p.state != PollState.PUT_AWAY and (p.state != PollState.DRAFT or p.opens_at)]


def _next(actor: Actor, topic: Any) -> dict[str, Any] | None:
    """Buttons: my paper if one waits; drafts and a new poll for those who conduct polls."""
    lines = unpack(PollLine, topic.panel_polls or [])
    running = [p for p in lines if p.state == PollState.OPEN and actor.now < p.closes_at]
    drafts = [p for p in lines if p.state == PollState.DRAFT]
    return {"running": running, "drafts": drafts}


def _main(actor: Actor, topic: Any) -> dict[str, Any] | None:
    lines = _shown(topic)
    return {"polls": lines} if lines else None


panels.add(Panel("polls", "topic", "main", "voting/polls/on_topic.html", _main, polls_of_topic))
panels.add(Panel("poll_buttons", "topic", "next", "voting/polls/buttons.html", _next))
