"""Which topics a meeting is offered, and how one stands that is on an agenda. What keeps a topic at the table from
being offered belongs to upper features: a meeting left it to the owners, and nothing has come back from there. They
register it, with what people read for it."""

from collections.abc import Callable

import sqlalchemy as sa

from ..core.text import N_, _
from ..councils.models import Topic
from ..councils.words import AT_TABLE, TopicState
from .models import Body

Elsewhere = Callable[[], sa.ColumnElement[bool]]
"""A condition over topics: what the topic waits for does not happen at a table."""
_ELSEWHERE: dict[str, tuple[Elsewhere, str]] = {}
SETTLED, POLLED = "settled", "polled"
_STANDS = {SETTLED: N_("已经有了结果"), POLLED: N_("正在表决")}


def elsewhere(name: str, condition: Elsewhere, words: str) -> None:
    """Register one under a name of its own; rooms are imported more than once, conditions are registered once."""
    if _ELSEWHERE.setdefault(name, (condition, words))[0] is not condition:
        raise LookupError(f"two conditions are called {name}")


def standing() -> sa.ColumnElement[str | None]:
    """Why a meeting has nothing to decide about a topic: it has its result, a poll is open, or what it waits for
    happens elsewhere. NULL where it has, and for a point of an agenda that is no topic."""
    others = [(condition(), name) for name, (condition, _words) in _ELSEWHERE.items()]
    return sa.case(
        (Topic.state.not_in(AT_TABLE), SETTLED), (Topic.state == TopicState.VOTING, POLLED), *others
    )


def standing_words(stands: str) -> str:
    """What people read for it."""
    return _(_STANDS[stands] if stands in _STANDS else _ELSEWHERE[stands][1])


def at_the_table(body: Body) -> sa.ColumnElement[bool]:
    """Topics that a meeting of the body is offered: screened, talked about, under its place, and not left to others."""
    return sa.and_(
        Topic.council_id == body.council_id,
        Topic.state == TopicState.DELIBERATING,
        Topic.place_path.startswith(body.place_path),
        *(sa.not_(condition()) for condition, _words in _ELSEWHERE.values()),
    )
