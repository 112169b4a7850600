"""Topics for the first page: those near the reader's home, and those he waits for."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core import access
from ...core.access import Condition, under
from ...core.actor import Actor
from ...core.columns import Instant, Rows
from ...core.db import read
from ...core.prepared import prepared
from ...councils.listings import TOPICS
from ...councils.models import Endorsement, Response, ResponseState, Topic
from ...councils.queries import of_council
from ...councils.words import LIVE, Party

SHOWN = 5
LATEST = 200
"""Live topics, latest moved first, among which those near the reader are looked for, and topics endorsed by him,
latest raised first, among which those he waits for are; more are never read."""


class Awaited(NamedTuple):
    """Something the reader waits for: a topic that a party holds, or an official response that was asked
    (then the question is named, not its topic)."""

    topic_id: int
    title: str
    party: str
    since: datetime
    due: datetime | None


def near(actor: Actor, most: int = SHOWN) -> list[Any]:
    """Live topics of the reader's estates, latest moved first, then those of the rest; one query."""
    estates = tuple(sorted({_estate(home) for home in actor.homes}))
    return list(read(_near(access.rows(actor, Topic), of_council(actor), estates, most)))


@prepared
def _near(visible: Condition, ours: Condition, estates: tuple[str, ...], most: int) -> Rows:
    close = sa.or_(*(under(Topic.place_path, path) for path in estates)) if estates else sa.false()
    latest = (
        sa.select(Topic.id, Topic.moved_at, sa.case((close, 0), else_=1).label("far"))
        .where(ours, visible, _live())
        .order_by(Topic.moved_at.desc(), Topic.id.desc())
        .limit(LATEST)
        .subquery()
    )
    order = latest.c.far, latest.c.moved_at.desc(), latest.c.id.desc()
    first = sa.select(latest).order_by(*order).limit(most).subquery()
    shown = TOPICS.select.join(first, first.c.id == Topic.id)
    return shown.order_by(first.c.far, first.c.moved_at.desc(), first.c.id.desc())


def _live() -> Condition:
    """Written out, since a database uses the index of the live ones only where it reads their states."""
    states = sa.bindparam("live", LIVE, type_=Topic.state.type, expanding=True, literal_execute=True)
    return Topic.state.in_(states)


def _estate(home: str) -> str:
    """The path of the estate of a unit: community and estate are its first two steps."""
    return "/" + "/".join(home.strip("/").split("/")[:2]) + "/"


def awaited(actor: Actor, most: int = SHOWN) -> list[Awaited]:
    """What the reader waits for on topics he raised or endorsed, the nearest hour first; one query."""
    if actor.id is None:
        return []
    found = _awaited(access.rows(actor, Topic), access.rows(actor, Response), most)
    return [Awaited(*row) for row in read(found, {"me": actor.id})]


@prepared
def _awaited(topics: Condition, responses: Condition, most: int) -> Rows:
    me = sa.bindparam("me", type_=sa.Integer)
    latest = sa.select(Endorsement.topic_id).where(Endorsement.user_id == me)
    mine = sa.select(latest.order_by(Endorsement.topic_id.desc()).limit(LATEST).subquery().c.topic_id)
    open_question = sa.select(Response.id).where(
        Response.topic_id == Topic.id, Response.state == ResponseState.ASKED
    )
    held = sa.select(
        Topic.id.label("topic_id"),
        Topic.title,
        Topic.held_by.label("party"),
        Topic.moved_at.label("since"),
        Topic.due_at.label("due"),
    ).where(
        Topic.id.in_(mine),
        Topic.state.in_(LIVE),
        Topic.held_by != Party.RESIDENT,
        ~open_question.exists(),
        topics,
    )
    asked = sa.select(
        Response.topic_id, Response.question, Response.party, Response.asked_at, Response.due_at
    ).where(Response.topic_id.in_(mine), Response.state == ResponseState.ASKED, responses)
    table = sa.union_all(held, asked).subquery()
    columns = [sa.type_coerce(c, Instant()) if c.name in ("since", "due") else c for c in table.c]
    order = (sa.case((table.c.due.is_(None), 1), else_=0), table.c.due, table.c.since)
    return sa.select(*columns).order_by(*order).limit(most)
