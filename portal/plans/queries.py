"""What the pages of a plan read: columns, not entities."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.naming import shown
from ..core.columns import Rows
from ..core.db import read
from ..core.nested import nested
from ..councils.models import Topic
from ..discussion import questions
from ..discussion.models import Comment
from ..discussion.words import OFFICIAL, CommentState
from .models import Draft

unanswered = (
    Comment.uptake.is_(None),
    Comment.reply_to_id.is_(None),
    Comment.state != CommentState.HIDDEN,
    Comment.party.not_in(OFFICIAL),
    sa.or_(Comment.asks.is_(False), ~questions.answered(Comment)),
)
"""Opinions that wait for their answer. Those who speak in their post tell, they do not wait for an answer; a question
has its answer once a party gave it."""
_topic = sa.bindparam("topic", type_=sa.Integer)


class DraftLine(NamedTuple):
    """A draft as the topic's page shows it."""

    number: int
    party: str
    at: datetime
    changes: str
    adopted: int
    partly: int
    declined: int

    @property
    def answered(self) -> int:
        return self.adopted + self.partly + self.declined


_LINE = (Draft.number, Draft.party, Draft.at, Draft.changes, Draft.adopted, Draft.partly, Draft.declined)
_DRAFTS = (
    sa.select(*_LINE, Draft.body, Draft.cost, shown(User).label("by_name"))
    .join(User, User.id == Draft.by_id)
    .where(Draft.topic_id == _topic)
    .order_by(Draft.number.desc())
)


_WAITING = sa.select(
    sa.exists().where(Draft.topic_id == _topic).label("written"),
    sa.select(sa.func.count())
    .select_from(Comment)
    .where(Comment.subject == sa.bindparam("subject", type_=sa.String), *unanswered)
    .scalar_subquery()
    .label("waiting"),
)


def waiting(topic_id: int) -> int | None:
    """Opinions on a topic that no draft has answered; None if there is no draft yet."""
    row = read(_WAITING, {"topic": topic_id, "subject": f"topic:{topic_id}"})[0]
    return int(row.waiting) if row.written else None


def of_topic(topic: Any) -> Any:
    """A column for the topic's page: its drafts, the newest first."""
    found: Rows = sa.select(*_LINE).where(Draft.topic_id == topic.id).order_by(Draft.number.desc())
    return nested(found, of=Topic)


def drafts(topic_id: int) -> list[Any]:
    """All drafts of a topic whole, the newest first; one query."""
    return list(read(_DRAFTS, {"topic": topic_id}))
