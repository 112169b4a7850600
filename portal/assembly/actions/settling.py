"""A round of reading papers again: whose turn it is, papers that are not there, and how the batch goes on when the last
one has been read."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotAllowed, NotVisible
from ...core.eventlog import record
from ...core.text import _
from .. import box, tickets
from ..displaced import displaced_at
from ..events import BatchAgreed, BatchDiffered, PaperMissing
from ..lifecycle import BATCH
from ..models.box import TOGETHER
from ..models.papers import NO_PAPER, Batch, Slip
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..words import BatchState, Channel, Medium, VoteState

TAKEN = (VoteState.OPEN, VoteState.CLOSED)


@action(Can.CHECK_BATCH)
def report_missing(actor: Actor, batch: Batch, *, voter_id: int, nth: int = 0) -> None:
    """Whoever reads again finds no such paper. That differs from what the first person read in, so a third one looks:
    with his word it is no ballot, and makes room for another paper of the box. Raises NotVisible for one that is not
    in the batch, Invalid where the first two read the same."""
    takes_turn(actor, batch)
    slip = db.session.get(Slip, (batch.id, voter_id, nth))
    if slip is None:
        raise NotVisible()
    if batch.state is BatchState.SECOND:
        slip.second, slip.second_proxy_id, slip.second_signer = NO_PAPER, None, None
    elif slip.differs:
        slip.third, slip.third_proxy_id, slip.third_signer = NO_PAPER, None, None
    else:
        raise Invalid(_("这张票前两遍一样，不用再录。"), "ticket")
    batch.moved_at = actor.now
    record(actor, batch, PaperMissing(batch.id))
    db.session.flush()
    settle(actor, batch)


def takes_turn(actor: Actor, batch: Batch) -> None:
    """Who reads first in this round reads to its end. Raises NotAllowed for everybody else."""
    never_before(actor, batch)
    second = batch.state is BatchState.SECOND
    reader = batch.second_by_id if second else batch.third_by_id
    if reader not in (None, actor.id):
        raise NotAllowed(_("已经有人在录这一遍。要换人，请点“我来录”，从头录。"))
    if second:
        batch.second_by_id = actor.id
    else:
        batch.third_by_id = actor.id


def never_before(actor: Actor, batch: Batch) -> None:
    before = [batch.first_by_id]
    if batch.state is BatchState.THIRD:
        before.append(batch.second_by_id or 0)
    if actor.id in before:
        raise NotAllowed(_("这一批您录过，要请另一个人来录。"))


def settle(actor: Actor, batch: Batch) -> None:
    """Where everything of the round has been read: on to the third person, or into the box."""
    slips = list(
        db.session.scalars(sa.select(Slip).where(Slip.batch_id == batch.id).order_by(Slip.voter_id, Slip.nth))
    )
    if batch.state is BatchState.SECOND:
        if any(s.second is None for s in slips):
            return
        if any(s.differs for s in slips):
            BATCH.move(actor, batch, BatchDiffered(batch.id))
            return
    elif any(s.third is None for s in slips if s.differs):
        return
    require_pictures(batch)
    _into_the_box(batch, slips)
    BATCH.move(actor, batch, BatchAgreed(batch.id))


def require_pictures(batch: Batch) -> None:
    """Raises Conflict while a paper that takes the place of an owner's own ballot on the screen has no picture."""
    db.session.flush()
    found = (
        sa.select(Voter.number)
        .select_from(Slip)
        .join(Batch, Batch.id == Slip.batch_id)
        .join(OwnersVote, OwnersVote.id == Batch.vote_id)
        .join(Voter, Voter.id == Slip.voter_id)
        .where(Batch.id == batch.id, Slip.scan == "", displaced_at().is_not(None))
        .order_by(Voter.number)
    )
    if numbers := list(db.session.scalars(found)):
        raise Conflict(
            _("%(tickets)s 号票顶替业主自己在手机上投的票，请先在下面放上这张票的照片。",
              tickets=_("、").join(str(n) for n in numbers))
        )  # fmt: skip


def _into_the_box(batch: Batch, read: Sequence[Slip]) -> None:
    """Voters are held in the order of their numbers, so that two batches never wait for each other. What two people
    did not find in the box is kept with the batch and is no ballot."""
    slips = [slip for slip in read if slip.settled[0] != NO_PAPER]
    held = [box.hold_voter(slip.voter_id, None) for slip in slips]
    vote = lock(db.session.get_one(OwnersVote, batch.vote_id), share=True)
    if vote.state not in TAKEN:
        raise Conflict(_("已经开始计票，不能再录。"))
    for slip, voter in zip(slips, held, strict=True):
        assert voter is not None
        choices, proxy_id, signer = slip.settled
        there = box.share_vote(voter, signer or TOGETHER, Medium.PAPER)
        nth = box.papers_in(voter) if there.answered else 0
        channel = Channel.PAPER if proxy_id is None else Channel.PROXY
        ballot = {
            "speaker_id": signer or TOGETHER,
            "medium": Medium.PAPER,
            "nth": nth,
            "choices": choices,
            "channel": channel,
            "proxy_id": proxy_id or 0,
            "entered_by_id": batch.first_by_id,
            "at": batch.received_at,
            "receipt": tickets.paper_receipt(batch.vote_id, voter.id, nth),
            "once": f"paper-{voter.id}-{nth}",
        }
        box.put_in(voter, ballot)
        if not there.answered and batch.received_at < vote.closes_at:
            box.count_head(voter, channel)
