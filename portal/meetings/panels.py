"""What meetings add to a topic's page: the meetings that have it on their agenda."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core import panels
from ..core.actor import Actor
from ..core.nested import nested, unpack
from ..core.panels import Panel
from ..councils.models import Topic
from .models import AgendaItem, Meeting
from .words import HELD


class TableLine(NamedTuple):
    """A meeting that talks about a topic."""

    id: int
    title: str
    state: str
    starts_at: datetime
    ends_at: datetime
    venue: str


def _of_topic(model: type[Topic]) -> sa.ScalarSelect[Any]:
    """The meetings that were called with a topic on their agenda, the latest first."""
    found = (
        sa.select(*(getattr(Meeting, name) for name in TableLine._fields))
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.topic_id == model.id, Meeting.state.in_(HELD))
    )
    return nested(found.order_by(Meeting.starts_at.desc()).limit(5), of=model)


def _main(actor: Actor, topic: Any) -> dict[str, Any] | None:
    lines = unpack(TableLine, topic.panel_meetings or [])
    return {"meetings": lines} if lines else None


panels.add(Panel("meetings", "topic", "main", "meetings/panels/topic.html", _main, _of_topic))
