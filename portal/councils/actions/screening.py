"""Screening: accept, merge, refer or decline, each with a reason that the proposer reads."""

from datetime import datetime

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import rules
from ..events import (
    TopicAbsorbed,
    TopicAccepted,
    TopicDeclined,
    TopicMerged,
    TopicReferred,
    TopicReopened,
    TopicTakenUp,
)
from ..models import Council, Endorsement, Screening, Topic
from ..policy import Can
from ..words import LIVE, Party, Verdict
from .stops import advance


@action(Can.TAKE_UP)
def take_up(actor: Actor, topic: Topic) -> None:
    """Screen a topic before enough households have endorsed it."""
    advance(actor, topic, TopicTakenUp(), Party.COMMUNITY, _screen_until(actor, topic))


@action(Can.SCREEN)
def accept_topic(actor: Actor, topic: Topic, *, reason: str) -> None:
    """The council will deliberate on it."""
    screening = _screen(actor, topic, Verdict.ACCEPT, reason)
    advance(actor, topic, TopicAccepted(screening.id), Party.COMMUNITY)


@action(Can.SCREEN)
def decline_topic(actor: Actor, topic: Topic, *, reason: str) -> None:
    """The council will not hear it; the proposer may ask once more with better reasons."""
    screening = _screen(actor, topic, Verdict.DECLINE, reason)
    advance(actor, topic, TopicDeclined(screening.id), Party.RESIDENT)


@action(Can.SCREEN)
def refer_topic(actor: Actor, topic: Topic, *, reason: str, referred_to: str) -> None:
    """Another body's duty: say whose, and why."""
    if not referred_to:
        raise Invalid(_("请写明转给哪个单位。"), "referred_to")
    screening = _screen(actor, topic, Verdict.REFER, reason, referred_to)
    advance(actor, topic, TopicReferred(screening.id), Party.COMMUNITY)


@action(Can.SCREEN)
def merge_topic(actor: Actor, topic: Topic, *, into: Topic | None, reason: str) -> None:
    """Join a topic to an older one on the same matter; endorsements go along, one household counting once.

    Raises Invalid if the other topic is of another council, has ended, or is the same.
    """
    if into is None or into.id == topic.id or into.council_id != topic.council_id:
        raise Invalid(_("请选同一个议事会里的另一个议题。"), "into_id")
    if lock(into).state not in LIVE:
        raise Invalid(_("那个议题已经结束，不能再并进去。"), "into_id")
    screening = _screen(actor, topic, Verdict.MERGE, reason)
    topic.merged_into_id = into.id
    _carry_over(topic, into)
    advance(actor, topic, TopicMerged(screening.id, into.id), Party.RESIDENT)
    record(actor, into, TopicAbsorbed(topic.id, into.households))


@action(Can.REOPEN)
def reopen_topic(actor: Actor, topic: Topic, *, reason: str) -> None:
    """The proposer asks for another screening and adds why to the text of the topic."""
    topic.body = f"{topic.body}\n\n**{_('补充')}**：{reason}"
    advance(actor, topic, TopicReopened(), Party.COMMUNITY, _screen_until(actor, topic))


def _screen(actor: Actor, topic: Topic, verdict: Verdict, reason: str, referred_to: str = "") -> Screening:
    assert actor.id is not None
    if not reason:
        raise Invalid(_("请写理由，提出人会看到。"), "reason")
    screening = Screening(
        topic_id=topic.id,
        verdict=verdict,
        reason=reason,
        referred_to=referred_to,
        by_id=actor.id,
        at=actor.now,
    )
    store(screening)
    return screening


def _screen_until(actor: Actor, topic: Topic) -> datetime:
    return rules.due(actor.now, db.session.get_one(Council, topic.council_id).screening_days)


def _carry_over(topic: Topic, into: Topic) -> None:
    """Endorsements of those who have not endorsed the other topic yet; then households are counted afresh."""
    there = sa.select(Endorsement.user_id).where(Endorsement.topic_id == into.id)
    moved = sa.select(sa.literal(into.id), Endorsement.user_id, Endorsement.household, Endorsement.at).where(
        Endorsement.topic_id == topic.id, Endorsement.user_id.not_in(there)
    )
    db.session.execute(sa.insert(Endorsement).from_select(["topic_id", "user_id", "household", "at"], moved))
    counted = sa.select(sa.func.count(Endorsement.household.distinct())).where(
        Endorsement.topic_id == into.id
    )
    into.households = db.session.scalar(counted) or 0
