"""Sealing: numbered, with its digest, published; topics go where the outcome says, tasks begin."""

from typing import Any

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action
from ...core.actor import Actor, system
from ...core.db import db, lock
from ...core.digests import digest
from ...core.eventlog import record
from ...councils.actions.line import hold, pass_on, settle
from ...councils.models import Topic
from ...councils.words import Party, TopicState
from ...meetings.actions.agendas import take_off
from ...meetings.naming import names_within
from ...places.models import Place
from .. import masking, rules
from ..document import written
from ..events import STATED, MinutesSealed
from ..lifecycle import MINUTES, open_objections
from ..models import ItemOutcome, Minutes
from ..policy import Can
from ..sealing import spelled
from ..words import SETTLING, MinutesState, Outcome
from .tasks import begin_tasks
from .teams import name_teams

AT_ONCE = 50
"""Minutes that one tick seals; the rest are for the next."""


@action(Can.SEAL)
def seal_minutes(actor: Actor, minutes: Minutes) -> None:
    """Close the minutes for good. Raises Conflict before the hour and while an objection waits."""
    MINUTES.move(actor, minutes, MinutesSealed(minutes.id))
    minutes.sealed_at = actor.now
    _number(actor, minutes)
    db.session.flush()
    document = written(minutes.id)
    others = names_within(minutes.community_path, masking.texts_in(document))
    minutes.text, minutes.public_text = spelled(document), spelled(masking.public(document, others))
    minutes.digest, minutes.public_digest = digest(minutes.text), digest(minutes.public_text)
    outcomes = sa.select(ItemOutcome).where(
        ItemOutcome.minutes_id == minutes.id, ItemOutcome.topic_id.is_not(None)
    )
    names = [*masking.names_in(document), *others]
    for outcome in db.session.scalars(outcomes.order_by(ItemOutcome.topic_id)):
        outcome.public_said = masking.hidden(outcome.said, names)
        _topic_goes(actor, minutes, outcome)
    begin_tasks(actor, minutes, names)
    name_teams(actor, minutes, names)


def seal_due(actor: Actor) -> int:
    """Seal all minutes whose hour has come and to which no objection waits; how many were."""
    due = sa.select(Minutes).where(
        Minutes.state == MinutesState.SENT,
        Minutes.confirm_until <= clock.now(),
        ~open_objections(Minutes.id).correlate(Minutes).exists(),
    )
    found = db.session.scalars(due.order_by(Minutes.confirm_until).limit(AT_ONCE)).all()
    return ticks.each(found, lambda minutes: seal_minutes(actor, minutes))


def _number(actor: Actor, minutes: Minutes) -> None:
    """The next number of the community, whose row is held, so that nobody else takes it."""
    top = minutes.community_path
    lock(db.session.scalars(sa.select(Place).where(Place.place_path == top)).one())
    year = actor.today.year
    latest = sa.select(sa.func.max(Minutes.serial)).where(Minutes.community_path == top, Minutes.year == year)
    minutes.year, minutes.serial = year, (db.session.scalar(latest) or 0) + 1
    minutes.number = rules.number(year, minutes.serial)


def _topic_goes(actor: Actor, minutes: Minutes, outcome: ItemOutcome) -> None:
    """State the outcome in the topic's file and move the topic; one that somebody moved meanwhile stays."""
    stated: Any = STATED[outcome.kind]
    record(actor, outcome, stated(minutes.meeting_id))
    topic = lock(db.session.get_one(Topic, outcome.topic_id))
    if topic.state is not TopicState.DELIBERATING:
        return
    portal = system(actor.now)
    if outcome.kind in SETTLING:
        settle(portal, topic)
    elif outcome.kind is Outcome.PASSED_ON:
        pass_on(portal, topic, to=outcome.passed_to, reason=outcome.public_said, by_id=outcome.by_id)
    elif outcome.kind is Outcome.STATUTORY:
        take_off(portal, topic)
        if topic.due_at is None:
            # Whoever owes an answer by a day holds the topic until he has given it.
            hold(portal, topic, held_by=Party.COMMITTEE, due_at=None)
