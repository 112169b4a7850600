"""Ballots that staff entered in an owner's name: he says at once that one is not his or wrong, a convener answers with
the reason, and where it is to be struck out a second person confirms."""

import sqlalchemy as sa

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.text import _
from .. import box, challenges
from ..box import HeldVoter
from ..challenge_events import BallotChallenged, BallotKept, BallotStruck, StrikeAsked, StrikeRefused
from ..challenges import Claim, Fate
from ..models.box import TOGETHER, OwnerBallot
from ..models.challenges import BallotChallenge
from ..models.papers import Batch, Slip
from ..models.rolls import STANDS, Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..struck import struck
from ..words import Channel, VoteState

TAKEN = (VoteState.OPEN, VoteState.CLOSED)


@action(Can.CHALLENGE)
def challenge_ballot(
    actor: Actor, voter: Voter, *, receipt: str, claim: Claim, text: str = "", once: str = ""
) -> BallotChallenge:
    """Say of a ballot that staff put into the box for oneself, at the counter or a paper, that it is not one's own or
    is wrong. The same `once` again returns the first.

    Raises NotVisible for any other ballot, Conflict for one that was objected to before and once the count has begun.
    """
    if known := made(BallotChallenge, once, by_id=actor.id):
        return known
    vote = _before_the_count(voter.vote_id)
    ballot = _entered(actor, voter, receipt)
    if db.session.scalar(_same(ballot)) is not None:
        raise Conflict(_("这张票已经提过了，答复写在您的票下面。结果公示期间还可以提异议。"))
    assert actor.id is not None
    assert ballot.entered_by_id is not None
    readers = _readers(ballot)
    challenge = BallotChallenge(
        vote_id=vote.id,
        voter_id=voter.id,
        place_path=voter.place_path,
        receipt=ballot.receipt,
        changes=ballot.changes,
        entered_by_id=ballot.entered_by_id,
        second_by_id=readers[0],
        third_by_id=readers[1],
        claim=claim,
        text=text,
        by_id=actor.id,
        at=actor.now,
        due=challenges.due(actor.now, vote.closes_at),
        once=once,
    )
    store(challenge)
    record(actor, vote, BallotChallenged(vote.id))
    return challenge


@action(Can.ANSWER_CHALLENGE)
def answer_challenge(actor: Actor, challenge: BallotChallenge, *, strike: bool, reason: str) -> None:
    """A convener who did not enter it says what becomes of it. Kept, it is settled; to be struck out, it still counts
    until another person has looked (`confirm_strike`). Raises Invalid without the reason, Conflict once the count has
    begun."""
    vote = _before_the_count(challenge.vote_id)
    if not reason.strip():
        raise Invalid(_("请写明查了什么、凭什么，提的人看得到。"), "reason")
    challenge.answer, challenge.answered_by_id, challenge.answered_at = reason.strip(), actor.id, actor.now
    challenge.fate = Fate.TO_STRIKE if strike else Fate.KEPT
    record(actor, vote, StrikeAsked(challenge.id) if strike else BallotKept(vote.id))


@action(Can.CONFIRM_STRIKE)
def confirm_strike(actor: Actor, challenge: BallotChallenge, *, accepted: bool) -> None:
    """The second person: with his word the ballot counts no longer, nor does who has nothing else in the box count as
    having voted; else the conveners answer anew. Raises Conflict once the count has begun."""
    held = box.hold_voter(challenge.voter_id, None)  # before the vote, as whoever votes does
    vote = _before_the_count(challenge.vote_id)
    challenge.confirmed_by_id, challenge.confirmed_at = actor.id, actor.now
    challenge.fate = Fate.STRUCK if accepted else Fate.WAITING
    if accepted and held:
        _leaves_turnout(held, vote, challenge)
    record(actor, vote, BallotStruck(vote.id) if accepted else StrikeRefused(challenge.id))


def _leaves_turnout(voter: HeldVoter, vote: OwnersVote, challenge: BallotChallenge) -> None:
    """The head counts by the channel of its first ballot and until its last one is struck out. One that was given anew
    since was not struck, and papers received after the hour made nobody a voter."""
    db.session.flush()
    in_time = (OwnerBallot.voter_id == voter.id, OwnerBallot.at < vote.closes_at)
    mine = sa.select(OwnerBallot.receipt).where(
        *in_time, OwnerBallot.receipt == challenge.receipt, OwnerBallot.changes == challenge.changes
    )
    if db.session.scalar(mine) is None or db.session.scalar(
        sa.select(sa.exists().where(*in_time, ~struck(OwnerBallot)))
    ):
        return
    first = sa.select(OwnerBallot.channel).where(*in_time).order_by(OwnerBallot.at).limit(1)
    box.uncount_head(voter, db.session.scalars(first).one())


def _before_the_count(vote_id: int) -> OwnersVote:
    """The vote, shared: the count waits for whoever is under way here, and he for it."""
    vote = lock(db.session.get_one(OwnersVote, vote_id), share=True)
    if vote.state not in TAKEN:
        raise Conflict(_("投票开始以后、开箱计票以前才能提。结果公示期间可以提异议。"))
    return vote


def _entered(actor: Actor, voter: Voter, receipt: str) -> OwnerBallot:
    """A ballot that staff entered for the actor himself, or for all owners of the head together."""
    own = sa.select(Speaker.id).where(Speaker.voter_id == voter.id, Speaker.user_id == actor.id, STANDS)
    found = db.session.scalar(
        sa.select(OwnerBallot).where(
            OwnerBallot.vote_id == voter.vote_id,
            OwnerBallot.voter_id == voter.id,
            OwnerBallot.receipt == receipt,
            OwnerBallot.entered_by_id.is_not(None),
            OwnerBallot.kin == "",
            OwnerBallot.channel.in_((Channel.DESK, Channel.PAPER)),
            sa.or_(OwnerBallot.speaker_id.in_(own), OwnerBallot.speaker_id == TOGETHER),
        )
    )
    if found is None:
        raise NotVisible()
    return found


def _readers(ballot: OwnerBallot) -> tuple[int | None, int | None]:
    """Who read a paper in a second and a third time."""
    found = db.session.execute(
        sa.select(Batch.second_by_id, Batch.third_by_id)
        .join(Slip, Slip.batch_id == Batch.id)
        .where(
            Batch.vote_id == ballot.vote_id,
            Slip.voter_id == ballot.voter_id,
            Batch.first_by_id == ballot.entered_by_id,
            Batch.received_at == ballot.at,
        )
        .order_by(Batch.id.desc())
        .limit(1)
    ).first()
    return (
        (found.second_by_id, found.third_by_id) if found and ballot.channel is Channel.PAPER else (None, None)
    )


def _same(ballot: OwnerBallot) -> sa.Select[int]:
    return sa.select(BallotChallenge.id).where(
        BallotChallenge.vote_id == ballot.vote_id,
        BallotChallenge.receipt == ballot.receipt,
        BallotChallenge.changes == ballot.changes,
    )
