"""Official responses: asked of a party by a date, given, rated. Late is late in public."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from .. import rules
from ..events import ResponseAsked, ResponseGiven, ResponseRated
from ..lifecycle import RESPONSE
from ..models import Response, ResponseRating, ResponseState, Topic
from ..policy import Can
from ..words import Party


@action(Can.ASK)
def ask_response(actor: Actor, topic: Topic, *, party: Party, question: str, due_at: datetime) -> Response:
    """Ask a party for an official response by a date. Raises Invalid for residents, or a date that has passed."""
    if party is Party.RESIDENT:
        raise Invalid(_("正式回应只能请物业、业委会、社区或商户来写。"), "party")
    if due_at <= actor.now:
        raise Invalid(_("请给一个还没到的时间。"), "due_at")
    assert actor.id is not None
    return _asked(actor, topic, party, question, due_at, actor.id)


@action(Can.OWE)
def owe_response(
    actor: Actor, topic: Topic, *, party: Party, question: str, due_at: datetime, by_id: int
) -> Response:
    """The same where nobody asks any more: what was put to a party at a table is answered in writing (`by_id` wrote it
    down)."""
    return _asked(actor, topic, party, question, due_at, by_id)


def _asked(actor: Actor, topic: Topic, party: Party, question: str, due_at: datetime, by_id: int) -> Response:
    response = Response(
        topic_id=topic.id,
        place_path=topic.place_path,
        party=party,
        question=question,
        asked_by_id=by_id,
        asked_at=actor.now,
        due_at=due_at,
    )
    store(response)
    _hold(topic)
    record(actor, topic, ResponseAsked(response.id, party))
    return response


@action(Can.RESPOND)
def give_response(
    actor: Actor,
    response: Response,
    *,
    body: str,
    cost: int | None = None,
    days: int | None = None,
    papers: Sequence[Kept] = (),
) -> None:
    """Answer officially. A late answer is taken and stays marked late."""
    if days is not None and not 0 < days <= 3650:
        raise Invalid(_("工期请写 1 到 3650 天。"), "days")
    response.body, response.cost, response.days = body, cost, days
    response.given_by_id, response.given_at = actor.id, actor.now
    attach(actor, response, papers, "paper")
    late = rules.is_late(actor.now, response.due_at)
    RESPONSE.move(actor, response, ResponseGiven(response.id, response.party, late))
    _hold(lock(db.session.get_one(Topic, response.topic_id)))


@action(Can.RATE_RESPONSE)
def rate_response(actor: Actor, response: Response, *, solved: bool) -> None:
    """Say whether the response settles the question; changing one's mind moves the count."""
    if actor.party == response.party:
        raise Conflict(_("自己一方的回应，请别人来评价。"))
    assert actor.id is not None
    mine = db.session.get(ResponseRating, (response.id, actor.id))
    if mine is None:
        store(ResponseRating(response_id=response.id, user_id=actor.id, solved=solved, at=actor.now))
    elif mine.solved == solved:
        return
    else:
        mine.solved, mine.at = solved, actor.now
        _tally(response, not solved, -1)
    _tally(response, solved, 1)
    record(actor, response, ResponseRated(response.id))


def _tally(response: Response, solved: bool, by: int) -> None:
    if solved:
        response.solved += by
    else:
        response.unsolved += by


def _hold(topic: Topic) -> None:
    """The party whose answer is due first holds the topic; with none due, the community does."""
    first = db.session.execute(
        sa.select(Response.party, Response.due_at)
        .where(Response.topic_id == topic.id, Response.state == ResponseState.ASKED)
        .order_by(Response.due_at, Response.id)
        .limit(1)
    ).first()
    topic.held_by, topic.due_at = (first.party, first.due_at) if first else (Party.COMMUNITY, None)
