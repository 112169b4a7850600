"""What projects add to the pages of their topic and their decision."""

from typing import Any

from ..core import access, panels
from ..core.actor import Actor
from ..core.nested import unpack
from ..core.panels import Panel
from .brief import Brief, of_decision, of_topic
from .policy import Can
from .words import ProjectState

OVER = (ProjectState.STOPPED,)


def _briefs(subject: Any) -> list[Brief]:
    return unpack(Brief, subject.panel_project)


def _block(_actor: Actor, subject: Any) -> dict[str, Any] | None:
    projects = _briefs(subject)
    return {"projects": projects} if projects else None


def _topic_next(actor: Actor, topic: Any) -> dict[str, Any] | None:
    projects = [p for p in _briefs(topic) if p.state not in OVER]
    if not projects:
        return None
    return {"project": projects[0], "rate": bool(access.may(actor, Can.RATE, projects[0]))}


def _decision_next(actor: Actor, decision: Any) -> dict[str, Any] | None:
    """Starting a project, for those who may and while there is none."""
    if any(p.state not in OVER for p in _briefs(decision)) or not access.may(actor, Can.START, decision):
        return None
    return {}


panels.add(Panel("project", "topic", "main", "projects/panels/block.html", _block, of_topic))
panels.add(Panel("project_next", "topic", "next", "projects/panels/next.html", _topic_next))
panels.add(Panel("project", "decision", "main", "projects/panels/block.html", _block, of_decision))
panels.add(Panel("project_start", "decision", "next", "projects/panels/start.html", _decision_next))
