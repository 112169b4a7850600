"""What projects say of the way of their topic: by which contract they are carried out, and how far the works are."""

from typing import Any

import sqlalchemy as sa

from ..core.columns import Rows
from ..core.leaves_figures import grouped
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


def _contracts(topic: Any) -> Rows:
    """Of projects that have one, and of those that wait for it."""
    signed = Project.contracted_on.is_not(None)
    return (
        sa.select(
            signed,
            Project.id,
            Project.state,
            sa.func.coalesce(Project.contract_at, Project.created_at),
            Project.contractor,
            Project.contract_sum,
            sa.cast(sa.null(), sa.Integer),
        )
        .where(
            Project.topic_id == topic.id,
            Project.state != ProjectState.STOPPED,
            sa.or_(signed, Project.state == ProjectState.PLANNED),
        )
        .order_by(signed.desc(), Project.id.desc())
        .limit(3)
    )


def _contract(trace: Trace) -> tuple[str, str]:
    words = _("立了项目，还没有签合同")
    if trace.done:
        fen = trace.n or 0
        words = _("和%(who)s签了合同，%(sum)s 元", who=trace.words, sum=grouped(fen, 2 if fen % 100 else 0))
    return words, f"/projects/{trace.id}#contract"


feed(Feed(Phase.CONTRACT, _contracts, _contract))
feed(Feed(Phase.WORKS, _rows, _told))
