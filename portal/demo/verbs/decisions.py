"""Decisions: entered, posted, objected to. They take effect by the clock."""

from secrets import token_hex

from ...core.actor import Actor
from ...decisions.actions import objecting, posting, recording
from ...decisions.words import Basis
from ...voting.actions import closing
from ...voting.words import Outcome
from ..sources import Fields
from ..told import Told, TopicTold


def decide(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    """Who decides on a poll certifies its result first."""
    if of.poll:
        closing.certify_poll(actor, of.poll, outcome=Outcome.SETTLED)
    of.decision = recording.record_decision(
        actor,
        of.topic,
        title=step["title"],
        body=step["text"].strip(),
        basis=Basis.POLL if of.poll else Basis.CONSENSUS,
        basis_note=step["basis"],
        effect_from=told.moment(step["effect_from"]),
        once=token_hex(8),
    )


def publish(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    posting.post_decision(actor, of.decision, until=told.moment(step["until"]))


def object_to(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    of.objections[step["id"]] = objecting.object_to(
        actor, of.decision, reason=step["body"], once=token_hex(8)
    )


def answer(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    objecting.answer_objection(actor, of.objections[step["to"]], answer=step["body"])
