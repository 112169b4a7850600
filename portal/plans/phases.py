"""What the plan of a topic says of its way: written, and every opinion answered."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ..core.columns import Rows
from ..core.errors import Unmet
from ..core.text import _
from ..councils.courses import Phase
from ..councils.phases import Feed, Trace, feed
from ..discussion.models import Comment
from . import queries
from .models import Draft

EARLY, LATER = "early", "later"
"""Whether an opinion that waits was said before the newest draft was written."""


def _rows(topic: Any) -> Rows:
    """The newest draft; done once no opinion waits."""
    subject = sa.literal("topic:") + sa.cast(topic.id, sa.String)
    waits = sa.exists().where(Comment.subject == subject, *queries.unanswered).correlate(topic)
    early = waits.where(Comment.created_at <= Draft.at).correlate(topic, Draft)
    return (
        sa.select(
            ~waits,
            Draft.number,
            sa.case((early, EARLY), else_=LATER),
            Draft.at,
            sa.literal(""),
            sa.cast(sa.null(), sa.Integer),
            Draft.topic_id,
        )
        .where(Draft.topic_id == topic.id)
        .order_by(Draft.number.desc())
        .limit(1)
    )


def _told(trace: Trace) -> tuple[str, str]:
    words = _("方案第 %(n)s 稿", n=trace.id)
    if not trace.done:
        words = _("方案第 %(n)s 稿，写好以后又有意见，还没有答复", n=trace.id)
        if trace.state == EARLY:
            words = _("方案第 %(n)s 稿，还有意见没有答复", n=trace.id)
    return words, f"/topics/{trace.of}/drafts"


def _lack(topic_id: int, traces: Sequence[Trace]) -> Unmet:
    at, waiting = f"/topics/{topic_id}", queries.waiting(topic_id)
    if waiting is None:
        return Unmet(_("议题里还没有方案。先写出来，大家才知道要表决的是什么。"), f"{at}/drafts/new")
    return Unmet(_("议题里还有 %(n)d 条意见没有答复采纳了没有。", n=waiting), f"{at}/opinions?uptake=waiting")


feed(Feed(Phase.PLANNED, _rows, _told, _lack))
