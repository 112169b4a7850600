"""Which topics a meeting is offered. What keeps a topic at the table from being offered belongs to upper features: a
meeting left it to the owners, and nothing has come back from there. They register it."""

from collections.abc import Callable

import sqlalchemy as sa

from ..councils.models import Topic
from ..councils.words import TopicState
from .models import Body

Elsewhere = Callable[[], sa.ColumnElement[bool]]
"""A condition over topics: what the topic waits for does not happen at a table."""
_ELSEWHERE: dict[str, Elsewhere] = {}


def elsewhere(name: str, condition: Elsewhere) -> None:
    """Register one under a name of its own; rooms are imported more than once, conditions are registered once."""
    if _ELSEWHERE.setdefault(name, condition) is not condition:
        raise LookupError(f"two conditions are called {name}")


def at_the_table(body: Body) -> sa.ColumnElement[bool]:
    """Topics that a meeting of the body is offered: screened, talked about, under its place, and not left to others."""
    return sa.and_(
        Topic.council_id == body.council_id,
        Topic.state == TopicState.DELIBERATING,
        Topic.place_path.startswith(body.place_path),
        *(sa.not_(condition()) for condition in _ELSEWHERE.values()),
    )
