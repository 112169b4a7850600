"""Endorsing a topic and leaning towards one of its options."""

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import rules
from ..events import EndorsementWithdrawn, TopicEndorsed, TopicLeaned, TopicQualified
from ..models import Council, Endorsement, Leaning, Topic, TopicOption
from ..policy import Can
from ..words import Party, TopicState
from .stops import advance


@action(Can.ENDORSE)
def endorse(actor: Actor, topic: Topic) -> None:
    """Support that a topic be heard; a second time changes nothing. Enough households send it to screening."""
    assert actor.id is not None
    if db.session.get(Endorsement, (topic.id, actor.id)):
        return
    home = rules.household(actor.homes, topic.place_path, actor.id)
    new = not _endorsed(topic, home)
    store(Endorsement(topic_id=topic.id, user_id=actor.id, household=home, at=actor.now))
    topic.households += new
    record(actor, topic, TopicEndorsed(topic.households))
    council = db.session.get_one(Council, topic.council_id)
    if topic.state is TopicState.GATHERING and topic.households >= council.endorsements_needed:
        until = rules.due(actor.now, council.screening_days)
        advance(actor, topic, TopicQualified(topic.households), Party.COMMUNITY, until)


@action(Can.ENDORSE)
def withdraw_endorsement(actor: Actor, topic: Topic) -> None:
    """Take one's support back; the household still counts while another of its members endorses."""
    mine = db.session.get(Endorsement, (topic.id, actor.id))
    if mine is None:
        return
    db.session.delete(mine)
    db.session.flush()
    topic.households -= not _endorsed(topic, mine.household)
    record(actor, topic, EndorsementWithdrawn(topic.households))


@action(Can.LEAN)
def lean(actor: Actor, topic: Topic, *, option_id: int) -> None:
    """Prefer an option; the same again takes the preference back. Raises Invalid for another topic's option."""
    chosen = db.session.get(TopicOption, option_id)
    if chosen is None or chosen.topic_id != topic.id:
        raise Invalid(_("没有这个方案，请刷新页面看看。"))
    mine = db.session.get(Leaning, (topic.id, actor.id))
    if mine is not None:
        _lean_count(mine.option_id, -1)
        db.session.delete(mine)
        db.session.flush()
    if mine is None or mine.option_id != option_id:
        assert actor.id is not None
        store(Leaning(topic_id=topic.id, user_id=actor.id, option_id=option_id, at=actor.now))
        _lean_count(option_id, 1)
    record(actor, topic, TopicLeaned())


def _endorsed(topic: Topic, household: str) -> bool:
    found = sa.select(Endorsement.user_id).where(
        Endorsement.topic_id == topic.id, Endorsement.household == household
    )
    return db.session.scalar(found.limit(1)) is not None


def _lean_count(option_id: int, by: int) -> None:
    db.session.execute(
        sa.update(TopicOption).where(TopicOption.id == option_id).values(leanings=TopicOption.leanings + by)
    )
