"""Counting as things happen; and last of all that the clock does, the journal forgets the order of what was written,
and papers that were printed long ago are cleared away."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from ..core import journal, printing, ticks
from ..core.actor import Actor
from ..core.db import db
from ..core.eventlog import on
from ..councils.events import ResponseGiven, TopicClosed, TopicRaised
from .models import Figure, What


@on(TopicRaised)
def count_raised(actor: Actor, topic: Any, happened: TopicRaised) -> None:
    _count(actor, topic, What.RAISED)


@on(TopicClosed)
def count_closed(actor: Actor, topic: Any, happened: TopicClosed) -> None:
    _count(actor, topic, What.CLOSED)


@on(ResponseGiven)
def count_answered(actor: Actor, response: Any, happened: ResponseGiven) -> None:
    _count(actor, response, What.ANSWERED)
    if not happened.late:
        _count(actor, response, What.IN_TIME)


def _count(actor: Actor, subject: Any, what: What) -> None:
    """One more this month in the community of the subject."""
    community = "/" + subject.place_path.strip("/").split("/")[0] + "/"
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = insert(Figure).values(place_path=community, month=actor.today.replace(day=1), what=what, count=1)
    keys = ["place_path", "month", "what"]
    db.session.execute(row.on_conflict_do_update(index_elements=keys, set_={"count": Figure.count + 1}))


ticks.add("forget_journal", journal.forget)
ticks.add("forget_prints", printing.forget)
