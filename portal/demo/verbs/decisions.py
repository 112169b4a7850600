"""Decisions: entered, posted, objected to. They take effect by the clock."""

from secrets import token_hex

from ...core.actor import Actor
from ...core.db import db
from ...decisions.actions import objecting, posting, recording
from ...decisions.models import Decision, Objection
from ...decisions.words import Basis
from ...voting.actions import closing
from ...voting.models import Poll
from ...voting.words import Outcome
from ..sources import Fields
from ..told import Told, TopicTold


def decide(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    """Who decides on a poll certifies its result first."""
    if of.poll_id:
        closing.certify_poll(actor, db.session.get_one(Poll, of.poll_id), outcome=Outcome.SETTLED)
    entered = recording.record_decision(
        actor,
        of.topic,
        title=step["title"],
        body=step["text"].strip(),
        basis=Basis.POLL if of.poll_id else Basis.CONSENSUS,
        basis_note=step["basis"],
        effect_from=told.moment(step["effect_from"]),
        once=token_hex(8),
    )
    of.decision_id = entered.id


def publish(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    posting.post_decision(actor, _decision(of), until=told.moment(step["until"]))


def object_to(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    raised = objecting.object_to(actor, _decision(of), reason=step["body"], once=token_hex(8))
    of.objections[step["id"]] = raised.id


def answer(told: Told, of: TopicTold, actor: Actor, step: Fields) -> None:
    objection = db.session.get_one(Objection, of.objections[step["to"]])
    objecting.answer_objection(actor, objection, answer=step["body"])


def _decision(of: TopicTold) -> Decision:
    return db.session.get_one(Decision, of.decision_id)
