"""What the pages of decisions read: columns, not entities; each page a constant number of queries."""

from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..accounts.models import User
from ..accounts.naming import shown
from ..core import access, panels
from ..core.actor import Actor
from ..core.columns import Rows
from ..core.db import db
from ..core.nested import nested, unpack
from ..councils.models import Council, Topic
from ..voting.models import Poll
from ..voting.words import PollState
from .models import Decision, Objection
from .words import Basis

OBJECTIONS_SHOWN = 20
objector = sa.orm.aliased(User)
answerer = sa.orm.aliased(User)
recorder = sa.orm.aliased(User)


class ObjectionLine(NamedTuple):
    """An objection as a page shows it."""

    id: int
    decision_id: int
    place_path: str
    author_id: int
    author_name: str
    reason: str
    raised_at: datetime
    answer: str
    answered_party: str
    answered_by: str | None
    answered_at: datetime | None


OBJECTION_COLUMNS = (
    Objection.id,
    Objection.decision_id,
    Objection.place_path,
    Objection.author_id,
    objector.name.label("author_name"),
    Objection.reason,
    Objection.raised_at,
    Objection.answer,
    Objection.answered_party,
    shown(answerer).label("answered_by"),
    Objection.answered_at,
)


def with_names(found: Rows) -> Rows:
    """Objections with the people of both sides."""
    return found.join(objector, objector.id == Objection.author_id).outerjoin(
        answerer, answerer.id == Objection.answered_by_id
    )


def _objections() -> Rows:
    """Those that wait come first, then the latest."""
    return (
        with_names(sa.select(*OBJECTION_COLUMNS))
        .where(Objection.decision_id == Decision.id)
        .order_by(Objection.answered_at.is_not(None), Objection.id.desc())
        .limit(OBJECTIONS_SHOWN)
    )


@cache
def _decision_page() -> Rows:
    """One row: the decision, where it comes from, its objections and what upper features show with it."""
    return (
        sa.select(
            *Decision.__table__.c,
            Council.name.label("council_name"),
            Topic.title.label("topic_title"),
            Topic.number.label("topic_number"),
            Topic.state.label("topic_state"),
            Poll.number.label("poll_number"),
            shown(recorder).label("recorded_by"),
            nested(_objections(), of=Decision).label("objections"),
            *panels.columns(Decision),
        )
        .join(Council, Council.id == Decision.council_id)
        .join(recorder, recorder.id == Decision.recorded_by_id)
        .outerjoin(Topic, Topic.id == Decision.topic_id)
        .outerjoin(Poll, Poll.id == Decision.poll_id)
    )


def decision_page(actor: Actor, decision_id: int) -> SimpleNamespace | None:
    """Everything the decision's page shows of it; one query. None if the actor may not see it."""
    found = _decision_page().where(Decision.id == decision_id, access.rows(actor, Decision))
    row = db.session.execute(found).first()
    if row is None:
        return None
    page = SimpleNamespace(**row._mapping)
    page.objections = unpack(ObjectionLine, row.objections)
    page.story = f"topic:{page.topic_id}" if page.topic_id else f"decision:{page.id}"
    return page


def bases_of(topic: Topic) -> tuple[Basis, ...]:
    """The bases a decision about this topic can have: a poll only if one was certified."""
    certified = sa.select(Poll.id).where(Poll.topic_id == topic.id, Poll.state == PollState.CERTIFIED)
    if db.session.scalar(certified.limit(1)) is None:
        return tuple(b for b in Basis if b is not Basis.POLL)
    return (Basis.POLL, *(b for b in Basis if b is not Basis.POLL))


class Brief(NamedTuple):
    """A topic's decision as its page shows it."""

    id: int
    number: str
    title: str
    state: str
    basis: str
    place_path: str
    recorded_at: datetime
    posted_at: datetime | None
    posted_until: datetime | None
    effect_from: datetime
    objections_count: int
    objections_open: int
    revoked_because: str


def of_topic(model: type[Topic]) -> sa.ScalarSelect[Any]:
    """The decisions about a topic, the latest first, as a nested column; drafts too: the reader is asked for."""
    found = sa.select(*(getattr(Decision, name) for name in Brief._fields))
    return nested(found.where(Decision.topic_id == model.id).order_by(Decision.id.desc()).limit(3), of=model)
