"""The count of topics at each stop, and who holds a topic; kept with every move of a topic."""

from datetime import datetime

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import Event
from ..lifecycle import TOPIC, stop_of
from ..models import StopCount, Topic
from ..words import Party, Stop, TopicState


def advance(
    actor: Actor, topic: Topic, happened: Event, held_by: Party, due_at: datetime | None = None
) -> None:
    """Move a topic, say who is to act next and until when, and keep the counts."""
    before = topic.state
    TOPIC.move(actor, topic, happened)
    topic.held_by, topic.due_at = held_by, due_at
    count(topic, before, stop_of(topic.state))


def count(topic: Topic, before: TopicState | None, after: Stop | None) -> None:
    """One topic fewer where it was, one more where it is."""
    left = stop_of(before) if before else None
    if left == after:
        return
    for stop, by in ((left, -1), (after, 1)):
        if stop is not None:
            db.session.execute(
                sa.update(StopCount)
                .where(StopCount.council_id == topic.council_id, StopCount.stop == stop)
                .values(topics=StopCount.topics + by)
            )
