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
from .models import Draft

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


def of_topic(topic: Any) -> Any:
    """A column for the topic's page: its drafts, the newest first."""
    found: Rows = sa.select(*_LINE).where(Draft.topic_id == topic.id).order_by(Draft.number.desc())
    return nested(found, of=Topic)


def drafts(topic_id: int) -> list[Any]:
    """All drafts of a topic whole, the newest first; one query."""
    return list(read(_DRAFTS, {"topic": topic_id}))
