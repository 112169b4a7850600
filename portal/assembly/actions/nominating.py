"""Candidates of an election: nominated, agreeing to stand, checked, withdrawing."""

from collections.abc import Collection

from ...core import access
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.text import _
from .. import elections, nominees
from ..election_events import (
    CandidateConsented,
    CandidateNominated,
    CandidateQualified,
    CandidateRefused,
    CandidateStruck,
    CandidateWithdrawn,
)
from ..election_words import CandidateState, Declared, Nominator
from ..elections import MOST_CANDIDATES
from ..lifecycle import CANDIDATE
from ..models.elections import Candidate
from ..models.votes import Matter, OwnersVote
from ..nominees import Nominee
from ..policy import Can
from ..stages import BEFORE_NOTICE, LEAVING
from ..words import VoteState


@action(Can.NOMINATE)
def stand(
    actor: Actor,
    vote: OwnersVote,
    *,
    matter_id: int,
    owner_id: int,
    statement: str,
    declared: Collection[Declared],
    once: str,
) -> Candidate:
    """Put oneself forward as one of the owners one is on the roll; agrees to stand and declares with it.

    The same `once` again returns the same nomination. Raises Invalid with the field, Conflict for a second one.
    """
    if known := made(Candidate, once, nominated_by_id=actor.id):
        return known
    mine = nominees.own(vote.id, actor.id, actor.name)
    nominee = next((n for n in mine if n.owner_id == owner_id), None)
    if nominee is None:
        raise Invalid(_("名册上的业主本人才能自荐。"), "owner")
    candidate = _entered(actor, vote, matter_id, nominee, Nominator.SELF, statement, once)
    _agree(actor, candidate, statement, declared)
    return candidate


@action(Can.NOMINATE)
def nominate(
    actor: Actor,
    vote: OwnersVote,
    *,
    matter_id: int,
    plate: str,
    name: str,
    by: Nominator,
    once: str,
    statement: str = "",
) -> Candidate:
    """Put another owner forward by door plate and name; he is asked before anything comes of it. Owners jointly and
    the convener nominate on paper, which staff enter. Like `stand`."""
    if known := made(Candidate, once, nominated_by_id=actor.id):
        return known
    if by is not Nominator.OWNER and not access.may(actor, Can.NOMINATE_ON_PAPER, vote):
        raise Invalid(_("联名推荐和召集人推荐由工作人员登记。"), "by")
    nominee = nominees.named(vote.id, plate, name)
    return _entered(actor, vote, matter_id, nominee, by, statement, once)


@action(Can.AGREE_TO_STAND)
def agree_to_stand(
    actor: Actor, candidate: Candidate, *, statement: str, declared: Collection[Declared]
) -> None:
    """Agree to stand and declare what there is to declare: himself, or staff upon his signed paper. Again until he is
    checked: the last words hold. Raises Conflict once the list is posted."""
    _still(candidate, BEFORE_NOTICE)
    _agree(actor, candidate, statement, declared)


@action(Can.REVIEW_CANDIDATE)
def qualify(actor: Actor, candidate: Candidate) -> None:
    """Put him on the list. Raises Conflict while he has not agreed, is not on the roll, or may not serve."""
    _still(candidate, BEFORE_NOTICE)
    _reviewed(actor, candidate)
    CANDIDATE.move(actor, candidate, CandidateQualified(candidate.id))


@action(Can.REVIEW_CANDIDATE)
def refuse(actor: Actor, candidate: Candidate, *, reason: str) -> None:
    """Keep him off the list, with the reason, which he reads. Raises Invalid without it."""
    if not reason:
        raise Invalid(_("请写明为什么不通过，他本人看得到。"), "reason")
    _still(candidate, BEFORE_NOTICE)
    _reviewed(actor, candidate)
    candidate.reason = reason
    CANDIDATE.move(actor, candidate, CandidateRefused(candidate.id))


@action(Can.WITHDRAW_CANDIDATE)
def withdraw(actor: Actor, candidate: Candidate) -> None:
    """Stand no more: himself, or the convener upon his signed paper. Raises Conflict once the voting is open."""
    _still(candidate, LEAVING)
    CANDIDATE.move(actor, candidate, CandidateWithdrawn(candidate.id))


def strike(actor: Actor, candidate: Candidate, reason: str) -> None:
    """An objection to him is right: part of answering it. Raises Conflict once the voting is open."""
    _still(candidate, LEAVING)
    candidate.reason = reason[:300]
    CANDIDATE.move(actor, candidate, CandidateStruck(candidate.id))


def put_on_lists(vote: OwnersVote) -> None:
    """Give every candidate his number on the paper: part of announcing. They keep it whoever leaves."""
    for matter in elections.elections_of(vote.id):
        listed = [c for c in elections.put_forward(matter.id) if c.state is CandidateState.QUALIFIED]
        for number, candidate in enumerate(elections.in_order(vote, listed), 1):
            candidate.number, candidate.posted = number, True


def _entered(
    actor: Actor, vote: OwnersVote, matter_id: int, nominee: Nominee, by: Nominator, statement: str, once: str
) -> Candidate:
    matter = db.session.get(Matter, matter_id)
    if matter is None or matter.vote_id != vote.id or matter.seats is None:
        raise NotVisible()
    there = elections.put_forward(matter.id)
    if any(c.owner_id == nominee.owner_id for c in there):
        raise Conflict(_("%(name)s已经被提名了。", name=nominee.name))
    if nominee.owner_id in elections.seated_before(vote.round_of_id):
        raise Conflict(_("%(name)s在前一轮已经当选了，这次补选的是空着的名额。", name=nominee.name))
    if len(there) >= MOST_CANDIDATES:
        raise Conflict(_("候选人最多 %(most)d 位，已经满了。", most=MOST_CANDIDATES))
    assert actor.id is not None
    candidate = Candidate(
        vote_id=vote.id,
        matter_id=matter.id,
        place_path=vote.place_path,
        state=CandidateState.NOMINATED,
        **nominee._asdict(),
        statement=statement,
        nominated_by=by,
        nominated_by_id=actor.id,
        entered_by_id=actor.entered_by,
        at=actor.now,
        moved_at=actor.now,
        once=once,
    )
    store(candidate)
    record(actor, candidate, CandidateNominated(candidate.id))
    return candidate


def _agree(actor: Actor, candidate: Candidate, statement: str, declared: Collection[Declared]) -> None:
    candidate.statement = statement
    candidate.declared = ",".join(word for word in Declared if word in declared)
    candidate.consented_at, candidate.consent_by_id = actor.now, actor.entered_by or actor.id
    candidate.moved_at = actor.now
    record(actor, candidate, CandidateConsented(candidate.id))


def _reviewed(actor: Actor, candidate: Candidate) -> None:
    candidate.reviewed_by_id, candidate.reviewed_at = actor.id, actor.now


def _still(candidate: Candidate, states: Collection[VoteState]) -> None:
    """Raises Conflict where lists cannot change any more. Whoever posts a list or opens the voting holds its candidates
    (`elections.hold`), so that what is read here stands while this candidate is held."""
    vote = db.session.get_one(OwnersVote, candidate.vote_id, populate_existing=True)
    if vote.state in states:
        return
    if vote.state is VoteState.NOTICE:
        raise Conflict(_("名单已经公告，不能再改。"))
    raise Conflict(_("已经开始投票或者已经结束，候选人名单不能再变。"))
