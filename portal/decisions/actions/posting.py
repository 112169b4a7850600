"""Posting a decision, letting it take effect, taking it back."""

from datetime import datetime

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action
from ...core.actor import Actor, system
from ...core.db import db, lock
from ...core.errors import Invalid
from ...core.text import _
from ...councils.actions.line import hold, post, return_to_table
from ...councils.models import Topic
from ...councils.words import Party, TopicState
from .. import rules
from ..events import DecisionPosted, DecisionRevoked, DecisionTookEffect
from ..lifecycle import DECISION
from ..models import Decision
from ..policy import Can
from ..words import DecisionState

AT_ONCE = 100
"""Decisions that one tick looks at; the rest are for the next."""


@action(Can.POST)
def post_decision(actor: Actor, decision: Decision, *, until: datetime) -> None:
    """Hang a decision out for objections until an hour. Raises Invalid for an end that is too early or absurd."""
    if until < rules.earliest_end(actor.now):
        raise Invalid(_("公示至少 %(days)d 天，请把截止时间往后放。", days=rules.POSTING_DAYS), "until")
    if until > rules.latest_end(actor.now):
        raise Invalid(_("公示最长 %(days)d 天，请检查日期。", days=rules.LONGEST_POSTING), "until")
    decision.posted_at, decision.posted_until = actor.now, until
    DECISION.move(actor, decision, DecisionPosted(decision.id, clock.local(until).date()))
    topic = _topic(decision)
    if topic and topic.state is TopicState.DECIDED:
        post(actor, topic, until=until)


@action(Can.TAKE_EFFECT)
def take_effect(actor: Actor, decision: Decision) -> None:
    """The posting is over and every objection has its answer: from now on the decision holds."""
    decision.effective_at = actor.now
    DECISION.move(actor, decision, DecisionTookEffect(decision.id))
    topic = _topic(decision)
    if topic and topic.state is TopicState.POSTED:
        hold(system(actor.now), topic, held_by=Party.COMMUNITY, due_at=None)


@action(Can.REVOKE)
def revoke_decision(actor: Actor, decision: Decision, *, reason: str) -> None:
    """Take a decision back, with the reason in public. Its topic returns to the table; its number stays used."""
    if not reason:
        raise Invalid(_("请写明为什么撤销，大家都看得到。"), "reason")
    decision.revoked_because, decision.revoked_at = reason, actor.now
    DECISION.move(actor, decision, DecisionRevoked(decision.id))
    topic = _topic(decision)
    if topic and topic.state in (TopicState.DECIDED, TopicState.POSTED):
        return_to_table(actor, topic)


def take_due_effect(actor: Actor) -> int:
    """Let every decision whose hour has come take effect; how many did."""
    due = sa.select(Decision).where(
        Decision.state == DecisionState.POSTED,
        Decision.posted_until <= clock.now(),
        Decision.effect_from <= clock.now(),
        Decision.objections_open == 0,
    )
    found = db.session.scalars(due.order_by(Decision.posted_until).limit(AT_ONCE)).all()
    return ticks.each(found, lambda decision: take_effect(actor, decision))


def _topic(decision: Decision) -> Topic | None:
    return lock(db.session.get_one(Topic, decision.topic_id)) if decision.topic_id else None
