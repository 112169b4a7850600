"""What projects say of the way of their topic: who carries it out by contract, and how far the works are."""

from typing import Any

import sqlalchemy as sa

from ..core.columns import Rows
from ..core.text import _
from ..councils.courses import Phase
from ..councils.phases import Feed, Trace, feed
from .models import Project
from .words import FINISHED, STATE_WORD, ProjectState


def _rows(topic: Any) -> Rows:
    done = Project.state.in_(FINISHED)
    return (
        sa.select(
            done,
            Project.id,
            Project.state,
            Project.moved_at,
            Project.contractor,
            Project.weight_done,
            Project.weight_all,
        )
        .where(Project.topic_id == topic.id, Project.state != ProjectState.STOPPED)
        .order_by(done.desc(), Project.id.desc())
        .limit(3)
    )


def _told(trace: Trace) -> tuple[str, str]:
    state = _(STATE_WORD[ProjectState(trace.state)])
    words = _("%(who)s，%(state)s", who=trace.words, state=state) if trace.words else state
    return words, f"/projects/{trace.id}"


feed(Feed(Phase.WORKS, _rows, _told))
