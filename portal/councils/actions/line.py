"""The later stops of the line, walked by the features above: they call, the topic moves and says so.

A move that follows by itself from what somebody else was allowed to do (supervisors accepted the work, the hour has
come) is the portal's own: it is made by the system actor.
"""

from datetime import datetime

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ..events import (
    TopicBackToTable,
    TopicClosed,
    TopicDecided,
    TopicDelivered,
    TopicPassedOn,
    TopicPosted,
    TopicPutToVote,
    TopicStarted,
)
from ..models import Screening, Topic
from ..policy import Can
from ..words import Party, TopicState, Verdict
from .stops import advance


@action(Can.ADVANCE)
def put_to_vote(actor: Actor, topic: Topic, *, closes_at: datetime) -> None:
    """A poll on the topic has opened; it is in the voters' hands until the hour."""
    advance(actor, topic, TopicPutToVote(), Party.RESIDENT, closes_at)


@action(Can.ADVANCE)
def return_to_table(actor: Actor, topic: Topic) -> None:
    """No decision came about, or it was taken back, or its work was stopped; the council goes on talking."""
    advance(actor, topic, TopicBackToTable(), Party.COMMUNITY)


@action(Can.ADVANCE)
def pass_on(actor: Actor, topic: Topic, *, to: str, reason: str, by_id: int) -> None:
    """A meeting found that it is another body's duty; whoever raised the topic reads whose and why, and can ask again,
    as after a screening. `by_id`: who wrote that down."""
    screening = Screening(
        topic_id=topic.id, verdict=Verdict.REFER, reason=reason, referred_to=to, by_id=by_id, at=actor.now
    )
    store(screening)
    advance(actor, topic, TopicPassedOn(screening.id), Party.COMMUNITY)


@action(Can.ADVANCE)
def settle(actor: Actor, topic: Topic) -> None:
    """A decision was taken, by vote or by consensus; it is to be posted next."""
    advance(actor, topic, TopicDecided(), Party.COMMUNITY)


def after_vote(actor: Actor, topic_id: int, *, decided: bool) -> None:
    """A vote on the topic is over. A topic that somebody moved on by hand meanwhile stays where it is."""
    topic = lock(db.session.get_one(Topic, topic_id))
    if topic.state is TopicState.VOTING:
        (settle if decided else return_to_table)(actor, topic)


@action(Can.ADVANCE)
def post(actor: Actor, topic: Topic, *, until: datetime) -> None:
    """The decision hangs out for objections until the hour."""
    advance(actor, topic, TopicPosted(), Party.COMMUNITY, until)


@action(Can.ADVANCE)
def start_work(actor: Actor, topic: Topic, *, in_charge: Party, due_at: datetime | None) -> None:
    """A project carries the decision out."""
    advance(actor, topic, TopicStarted(), in_charge, due_at)


@action(Can.ADVANCE)
def deliver(actor: Actor, topic: Topic, *, rate_until: datetime | None) -> None:
    """The work was accepted; residents rate it."""
    advance(actor, topic, TopicDelivered(), Party.RESIDENT, rate_until)


@action(Can.ADVANCE)
def hold(actor: Actor, topic: Topic, *, held_by: Party, due_at: datetime | None) -> None:
    """Say who is to act next and until when, without a move: the feature that knows it has stated its own event."""
    topic.held_by, topic.due_at = held_by, due_at


@action(Can.ADVANCE)
def close_topic(actor: Actor, topic: Topic) -> None:
    """The file is closed; everything in it stays readable."""
    advance(actor, topic, TopicClosed(), Party.COMMUNITY)
