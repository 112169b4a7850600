"""Raising a topic, endorsing it, leaning towards an option."""

from secrets import token_hex

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import db
from ...councils.actions import raising, support
from ...councils.actions.raising import OptionDraft
from ...councils.models import TopicOption
from ..sources import Fields
from ..told import Told, TopicTold
from ..words import CATEGORIES


def raise_topic(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    options = step.get("options", [])
    topic = raising.raise_topic(
        actor,
        told.council,
        place=told.places[step.get("estate", ""), step.get("building", "")],
        title=step["title"],
        body=step["body"],
        category=CATEGORIES[step["category"]],
        once=token_hex(8),
        spot=step["place_text"],
        options=[_option(o) for o in options],
        photos=told.album.pictures(step.get("photos", [])),
    )
    of.topic = topic
    printed = sa.select(TopicOption.id).where(TopicOption.topic_id == topic.id).order_by(TopicOption.position)
    of.options = dict(zip((o["key"] for o in options), db.session.scalars(printed), strict=True))


def endorse(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    support.endorse(actor, of.topic)


def lean(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    support.lean(actor, of.topic, option_id=of.options[step["option"]])


def _option(told: Fields) -> OptionDraft:
    return OptionDraft(
        told["title"], cost=told["cost_yuan"] * 100, pros=f"{told['pros']}。", cons=f"{told['cons']}。"
    )
