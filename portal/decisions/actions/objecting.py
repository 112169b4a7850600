"""Objecting to a posted decision, and answering."""

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Unmet
from ...core.eventlog import record
from ...core.text import _
from ..events import ObjectionAnswered, ObjectionRaised
from ..models import Decision, Objection
from ..policy import Can


@action(Can.OBJECT)
def object_to(actor: Actor, decision: Decision, *, reason: str, once: str) -> Objection:
    """Say why a decision should not hold as it is. The same `once` again returns the first objection.

    Raises Conflict while an objection of the same person still waits for its answer.
    """
    if known := made(Objection, once, author_id=actor.id):
        return known
    waiting = sa.select(Objection.id).where(
        Objection.decision_id == decision.id,
        Objection.author_id == actor.id,
        Objection.answered_at.is_(None),
    )
    if db.session.scalar(waiting):
        sentence = _("您上一条异议还在等答复，答复以后可以再提。")
        raise Conflict(Unmet(sentence, f"/decisions/{decision.id}#objections"))
    assert actor.id is not None
    objection = Objection(
        decision_id=decision.id,
        place_path=decision.place_path,
        author_id=actor.id,
        reason=reason,
        raised_at=actor.now,
        once=once,
    )
    store(objection)
    decision.objections_count += 1
    decision.objections_open += 1
    record(actor, decision, ObjectionRaised(objection.id))
    return objection


@action(Can.ANSWER)
def answer_objection(actor: Actor, objection: Objection, *, answer: str) -> None:
    """Answer officially, once. An answer after the posting has ended is taken and told as late."""
    decision = lock(db.session.get_one(Decision, objection.decision_id))
    objection.answer, objection.answered_at = answer, actor.now
    objection.answered_by_id, objection.answered_party = actor.id, actor.party
    decision.objections_open -= 1
    late = decision.posted_until is not None and actor.now > decision.posted_until
    record(actor, decision, ObjectionAnswered(objection.id, late))
