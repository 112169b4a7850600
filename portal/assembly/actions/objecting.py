"""Objecting to the roll, to a candidate or to the result while it hangs out, and answering officially."""

from ...core import clock
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotVisible, Unmet
from ...core.eventlog import record
from ...core.text import _
from ..during import roll_hangs
from ..election_words import CandidateState
from ..events import RollLeftUnchanged, VoteObjected, VoteObjectionAnswered
from ..models.elections import Candidate
from ..models.votes import OwnersVote, VoteObjection
from ..policy import Can
from ..queries.objections import answer_due
from ..words import ObjectionKind, VoteState
from .nominating import strike


@action(Can.OBJECT_ROLL)
def object_to_roll(actor: Actor, vote: OwnersVote, *, text: str, once: str) -> VoteObjection:
    """Say what is wrong on the posted roll. The same `once` again returns the first objection.

    Raises Conflict while an objection of the same person still waits for its answer.
    """
    return _object(actor, vote, ObjectionKind.ROLL, text, once)


@action(Can.OBJECT_RESULT)
def object_to_result(actor: Actor, vote: OwnersVote, *, text: str, once: str) -> VoteObjection:
    """Say what is wrong with the posted result; like `object_to_roll`."""
    return _object(actor, vote, ObjectionKind.RESULT, text, once)


@action(Can.OBJECT_CANDIDATE)
def object_to_candidate(
    actor: Actor, vote: OwnersVote, *, candidate_id: int, text: str, once: str
) -> VoteObjection:
    """Say why somebody on the posted list may not serve; like `object_to_roll`, one that waits for each candidate.
    Raises NotVisible for one who is not on the list."""
    candidate = db.session.get(Candidate, candidate_id)
    listed = candidate is not None and candidate.vote_id == vote.id and candidate.posted
    if candidate is None or not listed or candidate.state is not CandidateState.QUALIFIED:
        raise NotVisible()
    return _object(actor, vote, ObjectionKind.CANDIDATE, text, once, candidate_id)


@action(Can.ANSWER)
def answer_objection(actor: Actor, objection: VoteObjection, *, answer: str, upheld: bool) -> None:
    """Answer officially, once, and say whether the objection is right; a candidate it is right about goes off the list.
    Nobody answers his own, nor a candidate any in his election."""
    vote = lock(db.session.get_one(OwnersVote, objection.vote_id))
    objection.answer, objection.upheld = answer, upheld
    # The hour is read under the lock: what was posted before the answer stood does not follow it.
    objection.answered_by_id, objection.answered_at = actor.id, clock.now()
    if upheld and objection.candidate_id is not None:
        _off_the_list(actor, objection)
    record(actor, vote, VoteObjectionAnswered(objection.id, upheld))


@action(Can.LEAVE_UNCHANGED)
def leave_roll_unchanged(actor: Actor, objection: VoteObjection, *, reason: str) -> None:
    """An objection to the roll is right, and the roll stays as it is: state why. Everybody reads it; it is evidence.

    Once, while the roll hangs out. Raises Invalid without the reason.
    """
    vote = lock(db.session.get_one(OwnersVote, objection.vote_id))
    if vote.state is not VoteState.ROLL_POSTED:
        raise Conflict(_(roll_hangs.reason))
    if not reason.strip():
        raise Invalid(_("请写明异议成立了，名册为什么不用改，大家都看得到。"), "reason")
    objection.unchanged_because = reason.strip()
    objection.unchanged_by_id, objection.unchanged_at = actor.id, actor.now
    record(actor, vote, RollLeftUnchanged(objection.id))


def _off_the_list(actor: Actor, objection: VoteObjection) -> None:
    """Who has left meanwhile, or was struck upon another objection, is off already."""
    candidate = lock(db.session.get_one(Candidate, objection.candidate_id))
    if candidate.state is CandidateState.QUALIFIED:
        strike(actor, candidate, objection.answer)


def _object(
    actor: Actor, vote: OwnersVote, kind: ObjectionKind, text: str, once: str, candidate_id: int | None = None
) -> VoteObjection:
    if known := made(VoteObjection, once, author_id=actor.id):
        return known
    if answer_due(actor.id, vote.id, kind, candidate_id):
        sentence = _("您上一条异议还在等答复，答复以后可以再提。")
        raise Conflict(Unmet(sentence, f"/owners-votes/{vote.id}/objections"))
    assert actor.id is not None
    objection = VoteObjection(
        vote_id=vote.id,
        place_path=vote.place_path,
        kind=kind,
        candidate_id=candidate_id,
        text=text,
        author_id=actor.id,
        at=actor.now,
        once=once,
    )
    store(objection)
    record(actor, vote, VoteObjected(objection.id, kind))
    return objection
