"""After the close: two people count the papers nobody has read in yet, neither knowing the other's number, and it hangs
out before the count."""

from collections.abc import Sequence

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record, reference
from ...core.files import Kept, StoredFile, attach
from ...core.finding import At, visible
from ...core.text import _
from .. import sealing
from ..count_events import BoxCountDiffered, BoxCountsDiffered, BoxSealConfirmed, BoxSealed
from ..models.papers import GONE, Batch, BoxCount, BoxSeal, Slip
from ..models.rolls import Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..postings import hang_out
from ..words import PostingKind, Standing, VoteState


class AtSeal(At[BoxSeal]):
    """The number in the box, by its own number in an address. The vote is held before it, as whoever states the number
    anew holds it, reads a paper in or begins the count: two who begin at different ends would wait for each other."""

    def hold(self, actor: Actor, *, share: bool) -> BoxSeal | None:
        found: BoxSeal | None = visible(actor, BoxSeal, self.id)
        if found is None:
            return None
        lock(db.session.get_one(OwnersVote, found.vote_id), share=True)
        return lock(found)


@action(Can.SEAL_BOX)
def seal_box(
    actor: Actor,
    vote: OwnersVote,
    *,
    papers: int,
    where: str,
    photos: Sequence[Kept] = (),
    once: str = "",
) -> BoxSeal:
    """State how many papers in the box nobody has read in, and on which walls the number is to hang. Nobody reads it
    before a second person has counted them too (`confirm_seal`); until then it may be put right. The same `once` again
    returns what was stated. Raises Conflict once somebody else has counted, or when the hour for it is over, Invalid
    for a number below zero or above that of all owners, and without the place."""
    seal = seal_of(vote.id)
    if seal is not None and once and seal.once == once:
        return seal
    if why := sealing.unstatable(vote.closes_at, seal, clock.now()):
        raise Conflict(why)
    if seal is not None and seal.second is not None:
        raise Conflict(_("第二个人已经数过了，不能再改。"))
    _plausible(vote, papers, "papers")
    if not where.strip():
        raise Invalid(_("请写张贴在哪里，例如各单元门口和东门公告栏。"), "where")
    assert actor.id is not None
    if seal is None:
        seal = BoxSeal(vote_id=vote.id, place_path=vote.place_path)
    seal.first, seal.stated_by_id, seal.stated_at = papers, actor.id, actor.now
    seal.where, seal.once, seal.standing = where.strip(), once, Standing.ENTERED
    store(seal)
    attach(actor, seal, photos, "photo")
    record(actor, vote, BoxSealed(vote.id))
    return seal


@action(Can.CONFIRM_SEAL)
def confirm_seal(actor: Actor, seal: BoxSeal, *, papers: int) -> bool:
    """Another person, of staff or a scrutineer, counted them without having read what was found before. Where two
    found as many the number stands and hangs out at once; else a third one counts, and where all three differ the
    three numbers are kept and somebody who has not counted yet agrees on the next. Whether it stands. Raises Invalid
    for a number that cannot be, Conflict once the hour for it is over or the count has begun."""
    vote = db.session.get_one(OwnersVote, seal.vote_id)
    if vote.state is not VoteState.CLOSED:
        raise Conflict(_("已经开始计票，或者表决终止了。"))
    if why := sealing.unstatable(vote.closes_at, seal, clock.now()):
        raise Conflict(why)
    _plausible(vote, papers, "counted")
    before = {seal.first, seal.second}
    if seal.second is None:
        seal.second, seal.confirmed_by_id, seal.confirmed_at = papers, actor.id, actor.now
    else:
        seal.third, seal.third_by_id, seal.third_at = papers, actor.id, actor.now
    if papers in before:
        _stands(actor, vote, seal, papers)
    elif seal.third is not None:
        _keep_round(seal)
        record(actor, vote, BoxCountsDiffered(vote.id))
    else:
        record(actor, vote, BoxCountDiffered(vote.id))
    return papers in before


def _keep_round(seal: BoxSeal) -> None:
    """The three numbers with those who found them; the seal waits to be stated anew, with its pictures."""
    rounds = sa.select(sa.func.coalesce(sa.func.max(BoxCount.round), 0)).where(
        BoxCount.vote_id == seal.vote_id
    )
    this = (db.session.scalar(rounds) or 0) + 1
    found = (
        (seal.first, seal.stated_by_id, seal.stated_at),
        (seal.second, seal.confirmed_by_id, seal.confirmed_at),
        (seal.third, seal.third_by_id, seal.third_at),
    )
    store(
        *(
            BoxCount(vote_id=seal.vote_id, round=this, nth=nth, papers=papers, by_id=by_id, at=at)
            for nth, (papers, by_id, at) in enumerate(found, 1)
        )
    )
    seal.standing = sealing.NOBODYS
    seal.second = seal.confirmed_by_id = seal.confirmed_at = None
    seal.third = seal.third_by_id = seal.third_at = None


def _stands(actor: Actor, vote: OwnersVote, seal: BoxSeal, papers: int) -> None:
    """The number hangs out, with the pictures of the box."""
    seal.papers, seal.standing = papers, Standing.STANDS
    db.session.flush()
    posting = hang_out(actor, vote, PostingKind.SEALED, where=seal.where)
    mine = sa.update(StoredFile).where(StoredFile.subject == reference(seal))
    db.session.execute(mine.values(subject=reference(posting)))
    record(actor, vote, BoxSealConfirmed(vote.id, papers))


def _plausible(vote: OwnersVote, papers: int, field: str) -> None:
    if papers < 0:
        raise Invalid(_("请写张数，一张也没有就写 0。"), field)
    if papers > (most := _most(vote)):
        raise Invalid(_("名册上的业主一共 %(n)d 位，票箱里不会有这么多张。请再数一遍。", n=most), field)


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
    """Papers from before the close that were read in after it; not those that were not there when others looked."""
    found = sa.select(sa.func.count()).select_from(Slip).join(Batch, Batch.id == Slip.batch_id)
    mine = found.where(
        Batch.vote_id == vote.id, Batch.received_at < vote.closes_at, Slip.at >= vote.closes_at, ~GONE
    )
    return db.session.scalar(mine) or 0
