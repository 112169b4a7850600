"""Raising a topic, changing its text, taking it back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid, NotVisible
from ...core.eventlog import record, reference
from ...core.files import VOICE, Kept, StoredFile, attach
from ...core.text import _
from .. import rules
from ..events import OptionAdded, OptionMended, TopicAmended, TopicRaised, TopicWithdrawn, VoiceWritten
from ..models import Council, Endorsement, Topic, TopicOption
from ..numbering import next_number
from ..policy import Can
from ..words import Category, Party, Stop
from .stops import advance, count


@dataclass(frozen=True)
class OptionDraft:
    """One way to settle the matter, as the proposer sees it."""

    title: str
    body: str = ""
    cost: int | None = None
    pros: str = ""
    cons: str = ""


@action(Can.RAISE)
def raise_topic(
    actor: Actor,
    council: Council,
    *,
    place: Any,
    title: str,
    body: str,
    category: Category,
    once: str,
    spot: str = "",
    options: Sequence[OptionDraft] = (),
    photos: Sequence[Kept] = (),
    voice: Kept | None = None,
) -> Topic:
    """Put a matter before the council; the proposer's household is the first to endorse it. What it is about is
    written, or said (`voice`).

    The same `once` again returns the topic it made before. Raises Invalid for a place outside the council's, and where
    nothing is told.
    """
    if known := made(Topic, once, author_id=actor.id):
        return known
    if place is None or not place.place_path.startswith(council.place_path):
        raise Invalid(_("请选本议事会范围内的小区或楼栋。"), "place_id")
    if not body and voice is None:
        raise Invalid(_("请写写情况，至少一两句话；不方便打字，可以录一段语音。"), "body")
    if len(options) > rules.MOST_OPTIONS:
        raise Invalid(_("方案太多了，最多 %(most)d 个。", most=rules.MOST_OPTIONS), "options")
    topic = Topic(
        council_id=council.id,
        place_path=place.place_path,
        place_label=place.label,
        number=next_number(Topic, council, actor.today.year),
        category=category,
        title=title,
        body=body,
        spot=spot,
        author_id=actor.id,
        author_party=Party(actor.party),
        held_by=Party.RESIDENT,
        due_at=None,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
        households=1,
        unwritten=voice is not None and not voice.alt,
    )
    store(topic)
    store(*(_option(topic, n, draft) for n, draft in enumerate(options)))
    assert actor.id is not None
    home = rules.household(actor.homes, topic.place_path, actor.id)
    store(Endorsement(topic_id=topic.id, user_id=actor.id, household=home, at=actor.now))
    attach(actor, topic, photos, "photo")
    attach(actor, topic, [voice] if voice else [], VOICE)
    count(topic, None, Stop.GATHER)
    record(actor, topic, TopicRaised(council.id))
    return topic


@action(Can.AMEND)
def amend_topic(actor: Actor, topic: Topic, *, title: str, body: str, spot: str, category: Category) -> None:
    """Change the words of a topic that is still gathering endorsements. Raises Invalid where nothing is left of it."""
    if not body and not _voice(topic):
        raise Invalid(_("请写写情况，至少一两句话。"), "body")
    topic.title, topic.body, topic.spot, topic.category = title, body, spot, category
    record(actor, topic, TopicAmended())


@action(Can.TRANSCRIBE)
def write_voice(actor: Actor, topic: Topic, *, said: str) -> None:
    """Write down what is said in the recording, for those who cannot hear it, and for all who search. Raises Invalid
    where there is none."""
    voice = _voice(topic)
    if voice is None:
        raise Invalid(_("这个议题没有语音。"), "said")
    if said != voice.alt:
        voice.alt, topic.unwritten = said, False
        record(actor, topic, VoiceWritten())


def _voice(topic: Topic) -> StoredFile | None:
    mine = sa.select(StoredFile).where(StoredFile.subject == reference(topic), StoredFile.purpose == VOICE)
    return db.session.scalar(mine.limit(1))


@action(Can.SET_OPTIONS)
def put_option(
    actor: Actor, topic: Topic, *, option: OptionDraft, position: int | None = None
) -> TopicOption:
    """Add a way to settle the topic while it is talked about; with `position` mend what is said of one. What people
    already lean to keeps its name, its substance and its price. Raises Invalid, NotVisible for a position that is
    none."""
    if not option.title.strip():
        raise Invalid(_("请写方案叫什么。"), "title")
    of_topic = sa.select(TopicOption).where(TopicOption.topic_id == topic.id)
    known = list(db.session.scalars(of_topic.order_by(TopicOption.position)))
    if position is None:
        if len(known) >= rules.MOST_OPTIONS:
            raise Invalid(_("方案太多了，最多 %(most)d 个。", most=rules.MOST_OPTIONS), "title")
        found = _option(topic, len(known), option)
        store(found)
        record(actor, topic, OptionAdded(found.position))
        return found
    if not 0 <= position < len(known):
        raise NotVisible()
    found = known[position]
    _keeps_its_word(found, option)
    for name, value in asdict(option).items():
        setattr(found, name, value)
    record(actor, topic, OptionMended(position))
    return found


@action(Can.WITHDRAW)
def withdraw_topic(actor: Actor, topic: Topic) -> None:
    """Take a topic back before the council has taken it up. It stays readable."""
    advance(actor, topic, TopicWithdrawn(), Party.RESIDENT)


def _keeps_its_word(known: TopicOption, option: OptionDraft) -> None:
    """Nobody's leaning is turned into one for something else or something dearer."""
    if not known.leanings:
        return
    if option.title != known.title:
        raise Invalid(_("已经有人倾向这个方案，名字不能再改；换了办法请另加一个方案。"), "title")
    if option.body.split() != known.body.split():
        raise Invalid(_("已经有人倾向这个方案，内容不能再改；换了办法请另加一个方案。"), "body")
    if option.cost != known.cost:
        raise Invalid(_("已经有人倾向这个方案，价钱不能再改；换了价钱请另加一个方案。"), "cost")


def _option(topic: Topic, position: int, draft: OptionDraft) -> TopicOption:
    return TopicOption(topic_id=topic.id, position=position, **asdict(draft))
