"""What a topic's page shows of its plan: the newest draft, and the way to write the next one."""

from typing import Any

from ..core import access, panels
from ..core.actor import Actor
from ..core.nested import unpack
from ..core.panels import Panel
from .policy import Can
from .queries import DraftLine, of_topic


def _lines(topic: Any) -> list[DraftLine]:
    return unpack(DraftLine, topic.panel_plan or [])


def _main(actor: Actor, topic: Any) -> dict[str, Any] | None:
    lines = _lines(topic)
    return {"drafts": lines} if lines else None


def _next(actor: Actor, topic: Any) -> dict[str, Any] | None:
    return {"drafts": _lines(topic)} if access.may(actor, Can.WRITE, topic) else None


panels.add(Panel("plan", "topic", "main", "plans/panels/topic.html", _main, of_topic))
panels.add(Panel("plan_next", "topic", "next", "plans/panels/next.html", _next))
