"""What decisions add to a topic's page: the decision itself, and what can be done about it."""

from typing import Any

from ..core import access, panels
from ..core.actor import Actor
from ..core.nested import unpack
from ..core.panels import Panel
from ..councils.words import TopicState
from .policy import Can
from .queries import Brief, of_topic
from .words import DecisionState

READY = (TopicState.DELIBERATING, TopicState.DECIDED)
"""Stops at which a decision can be entered for a topic."""


def _seen(actor: Actor, topic: Any) -> list[Brief]:
    """The topic's decisions that the actor may see, the latest first."""
    every = unpack(Brief, topic.panel_decision)
    return [d for d in every if access.may(actor, Can.SEE, d)]


def _block(actor: Actor, topic: Any) -> dict[str, Any] | None:
    decisions = _seen(actor, topic)
    return {"decisions": decisions} if decisions else None


def _next(actor: Actor, topic: Any) -> dict[str, Any] | None:
    """The button for the decision that stands, or the one for entering it."""
    in_force = [d for d in _seen(actor, topic) if d.state != DecisionState.REVOKED]
    if in_force:
        return {"decision": in_force[0], "record": False}
    ready = topic.state in READY and bool(access.may(actor, Can.RECORD, topic))
    return {"decision": None, "record": True} if ready else None


panels.add(Panel("decision", "topic", "main", "decisions/panels/topic.html", _block, of_topic))
panels.add(Panel("decision_next", "topic", "next", "decisions/panels/next.html", _next))
