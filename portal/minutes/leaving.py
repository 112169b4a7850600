"""Topics that a meeting has left to the owners: they stay on the table and wait for what comes of the owners' vote."""

import sqlalchemy as sa

from ..councils.models import Topic
from .models import ItemOutcome, Minutes
from .words import MinutesState, Outcome


def left_to_owners() -> sa.ColumnElement[bool]:
    """What was sealed of a topic last leaves it to the owners, and it has not moved since."""
    last = (
        sa.select(ItemOutcome.kind)
        .join(Minutes, Minutes.id == ItemOutcome.minutes_id)
        .where(
            ItemOutcome.topic_id == Topic.id,
            Minutes.state == MinutesState.SEALED,
            Minutes.sealed_at >= Topic.moved_at,
        )
        .order_by(Minutes.sealed_at.desc(), Minutes.id.desc())
        .limit(1)
        .correlate(Topic)
        .scalar_subquery()
    )
    return sa.func.coalesce(last == Outcome.STATUTORY, sa.false())
