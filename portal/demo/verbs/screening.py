"""The community's screening of a topic."""

from ...core.actor import Actor
from ...councils.actions import screening
from ..sources import Fields
from ..told import Told, TopicTold


def accept(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    screening.accept_topic(actor, of.topic, reason=step["reason"])


def decline(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    screening.decline_topic(actor, of.topic, reason=step["reason"])


def merge(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    screening.merge_topic(actor, of.topic, into=told.topics[step["into"]].topic, reason=step["reason"])


def refer(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    screening.refer_topic(actor, of.topic, reason=step["reason"], referred_to=step["to"])
