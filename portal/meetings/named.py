"""What the events of a meeting are about: the item of its agenda, the topic by its number."""

import sqlalchemy as sa

from ..core.about import about
from ..core.actor import Actor
from ..core.columns import Rows
from ..councils.models import Topic
from . import events as e
from .models import AgendaItem
from .room import Motion, Question

NOBODY = sa.false().label("person")


def _item(_actor: Actor) -> Rows:
    return sa.select(AgendaItem.id, AgendaItem.title.label("words"), NOBODY)


def _motion(_actor: Actor) -> Rows:
    """By its item: its own words may name somebody."""
    found = sa.select(Motion.id, AgendaItem.title.label("words"), NOBODY)
    return found.join(AgendaItem, AgendaItem.id == Motion.item_id)


def _question(_actor: Actor) -> Rows:
    found = sa.select(Question.id, AgendaItem.title.label("words"), NOBODY)
    return found.join(AgendaItem, AgendaItem.id == Question.item_id)


def _topic(_actor: Actor) -> Rows:
    return sa.select(Topic.id, Topic.number.label("words"), NOBODY)


about("agenda_item", "item_id", _item, e.ItemTakenUp)
about(
    "motion",
    "motion_id",
    _motion,
    e.MotionRaised,
    e.MotionSeconded,
    e.MotionPut,
    e.MotionCarried,
    e.MotionLost,
    e.MotionLapsed,
    e.MotionWithdrawn,
)
about("hearing_question", "question_id", _question, e.QuestionPut)
about("topic", "topic_id", _topic, e.TopicTakenOff, e.NoteRaised)
