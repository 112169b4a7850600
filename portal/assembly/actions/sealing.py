"""After the close: two people count the papers nobody has read in yet, and the number hangs out before the count."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept
from ...core.text import _
from .. import sealing
from ..count_events import BoxSealConfirmed, BoxSealed
from ..models.papers import Batch, BoxSeal, Slip
from ..models.rolls import Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..postings import hang_out
from ..words import PostingKind, Standing, VoteState


@action(Can.SEAL_BOX)
def seal_box(
    actor: Actor, vote: OwnersVote, *, papers: int, where: str, photos: Sequence[Kept] = ()
) -> BoxSeal:
    """State how many papers in the box nobody has read in, and hang it out at once. Until a second person has counted
    them too it may be put right. Raises Conflict once he has, or when the hour for it is over, Invalid for a number
    below zero or above that of all owners."""
    seal = seal_of(vote.id)
    if why := sealing.unstatable(vote.closes_at, seal, clock.now()):
        raise Conflict(why)
    if papers < 0:
        raise Invalid(_("请写张数，一张也没有就写 0。"), "papers")
    if papers > (most := _most(vote)):
        raise Invalid(_("名册上的业主一共 %(n)d 位，票箱里不会有这么多张。请再数一遍。", n=most), "papers")
    assert actor.id is not None
    if seal is None:
        seal = BoxSeal(vote_id=vote.id, place_path=vote.place_path)
    seal.papers, seal.stated_by_id, seal.stated_at = papers, actor.id, actor.now
    seal.standing = Standing.ENTERED
    store(seal)
    hang_out(actor, vote, PostingKind.SEALED, where=where, photos=photos)
    record(actor, vote, BoxSealed(vote.id, papers))
    return seal


@action(Can.CONFIRM_SEAL)
def confirm_seal(actor: Actor, seal: BoxSeal, *, papers: int) -> None:
    """A second person, of staff or a scrutineer, counted them too. Raises Invalid where he found another number,
    Conflict once the hour for it is over or the count has begun."""
    vote = lock(db.session.get_one(OwnersVote, seal.vote_id), share=True)
    if vote.state is not VoteState.CLOSED:
        raise Conflict(_("已经开始计票，或者表决终止了。"))
    if why := sealing.unstatable(vote.closes_at, seal, clock.now()):
        raise Conflict(why)
    if papers != seal.papers:
        raise Invalid(_("您数的和登记的不一样。请两个人当面一起再数一遍，登记错了请登记的人改。"), "counted")
    seal.standing, seal.confirmed_by_id, seal.confirmed_at = Standing.STANDS, actor.id, actor.now
    record(actor, vote, BoxSealConfirmed(vote.id, papers))


def seal_of(vote_id: int) -> BoxSeal | None:
    return db.session.scalar(sa.select(BoxSeal).where(BoxSeal.vote_id == vote_id))


def _most(vote: OwnersVote) -> int:
    """One paper of each owner: co-owners may each have given one."""
    heads, owners = (sa.select(sa.func.count()).where(m.vote_id == vote.id) for m in (Voter, Speaker))
    return (db.session.scalar(heads) or 0) + (db.session.scalar(owners) or 0)


def require_room(vote: OwnersVote, batch: Batch | None = None) -> None:
    """Raises Conflict if a paper from before the close is read in after it and there is none left in the box. Holds the
    number, so that two who read at the same moment do not both take the last one."""
    if clock.now() < vote.closes_at or (batch is not None and batch.received_at >= vote.closes_at):
        return
    seal = seal_of(vote.id)
    after = read_after(vote) if (seal and lock(seal)) else 0
    if why := sealing.unreadable(vote.closes_at, seal, after, clock.now()):
        raise Conflict(why)


def read_after(vote: OwnersVote) -> int:
    """Papers from before the close that were read in after it."""
    found = sa.select(sa.func.count()).select_from(Slip).join(Batch, Batch.id == Slip.batch_id)
    mine = found.where(
        Batch.vote_id == vote.id, Batch.received_at < vote.closes_at, Slip.at >= vote.closes_at
    )
    return db.session.scalar(mine) or 0
