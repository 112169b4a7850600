"""Paper ballots in batches: one person reads them in, another reads them again without seeing what the first read, and
where the two differ a third looks at the paper. Only then they lie in the box."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from ...core import clock
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import box, elections, marks, slips, tickets
from ..events import BatchHandedOver, BatchStarted, BatchTakenOver
from ..lifecycle import BATCH
from ..models.papers import GONE, Batch, Slip
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..words import BatchState
from . import sealing
from .settling import never_before, require_pictures, settle, takes_turn

LARGEST = 200
"""Papers of one batch: what two people can read in one sitting, and what goes into the box in one transaction."""


@action(Can.ENTER_PAPER)
def start_batch(actor: Actor, vote: OwnersVote, *, received_at: datetime, once: str) -> Batch:
    """Begin a batch of papers taken from the box or the doors at `received_at`. Papers that came after the close are
    read in all the same: they are kept and not counted. Of those that came before it no more are read in afterwards
    than lay in the box (`sealing`), Conflict says so. The same `once` again returns the same batch."""
    if known := made(Batch, once, first_by_id=actor.id):
        return known
    if received_at > actor.now:
        raise Invalid(_("收到的时间还没到。"), "received_at")
    if received_at < (vote.opened_at or vote.opens_at):
        raise Invalid(_("那时候还没开始投票。"), "received_at")
    if received_at < vote.closes_at:
        sealing.require_room(vote)
    last = sa.select(sa.func.coalesce(sa.func.max(Batch.number), 0)).where(Batch.vote_id == vote.id)
    assert actor.id is not None
    batch = Batch(
        vote_id=vote.id,
        place_path=vote.place_path,
        number=(db.session.scalar(last) or 0) + 1,
        state=BatchState.FIRST,
        received_at=received_at,
        first_by_id=actor.id,
        moved_at=actor.now,
        once=once,
    )
    store(batch)
    record(actor, batch, BatchStarted(batch.id))
    return batch


@action(Can.FILL_BATCH)
def enter_slip(
    actor: Actor,
    batch: Batch,
    *,
    ticket: str,
    choices: Sequence[str],
    once: str = "",
    further: bool = False,
    by_proxy: bool = False,
    letter: str = "",
    signer: int | None = None,
    note: str = "",
) -> Slip:
    """Read one paper in. `further`: the voter handed in more than one; all are kept, and the count takes the one that
    the rules of the vote say. `by_proxy`: an agent gave it; his letter must have been accepted, and `letter`
    says which where the voter gave several (its number, or the agent's name). `signer`: of co-owners, who signed it, 0
    all of them. The same `once` again
    returns what was entered. Raises Invalid with its field."""
    voter = _voter(batch, ticket)
    box.hold_voter(voter.id, None)  # so that two batches do not take his paper at the same moment
    first = marks.read_off(choices, elections.asked(batch.vote_id))
    once = once or uuid4().hex
    known = db.session.scalar(sa.select(Slip).where(Slip.batch_id == batch.id, Slip.once == once))
    if known is not None:
        return known
    proxy_id = slips.letter_of(batch, voter, letter) if by_proxy else None
    signed = None if by_proxy else slips.signed_by(voter, signer)
    if not further:
        _not_twice(batch, voter, proxy_id, signed)
    _room(batch)
    sealing.require_room(db.session.get_one(OwnersVote, batch.vote_id), batch)
    slip = Slip(
        batch_id=batch.id,
        voter_id=voter.id,
        nth=_next(batch, voter),
        first=first,
        proxy_id=proxy_id,
        signer=signed,
        note=note,
        at=clock.now(),
        once=once,
    )
    store(slip)
    batch.moved_at = actor.now
    return slip


@action(Can.FILL_BATCH)
def remove_slip(actor: Actor, batch: Batch, *, voter_id: int, nth: int = 0) -> None:
    """Take back what was read wrong, as long as nobody else has read the batch. After the close this makes no room for
    another paper beside those that lay in the box: a place kept free before could be filled with anybody's."""
    slip = db.session.get(Slip, (batch.id, voter_id, nth))
    if slip is not None:
        db.session.delete(slip)
        batch.moved_at = actor.now


@action(Can.HAND_OVER_BATCH)
def hand_over_batch(actor: Actor, batch: Batch) -> None:
    """The first reading is done. Raises Conflict for a batch without papers; it holds up nobody. And while a paper
    that takes the place of an owner's own ballot on the screen has no picture."""
    if db.session.scalar(sa.select(Slip.voter_id).where(Slip.batch_id == batch.id).limit(1)) is None:
        raise Conflict(_("这一批还一张票也没有录，先录票再交给第二个人。不录了就放着，不影响计票。"))
    require_pictures(batch)
    BATCH.move(actor, batch, BatchHandedOver(batch.id))


@action(Can.CHECK_BATCH)
def check_slip(
    actor: Actor,
    batch: Batch,
    *,
    ticket: str,
    choices: Sequence[str],
    by_proxy: bool = False,
    letter: str = "",
    signer: int | None = None,
) -> None:
    """Read one paper again, and who gave it; with the last one the batch goes into the box, or to the third person. Of
    several papers of one voter it is one that nobody has read in this round.

    Raises Invalid for a ticket that is not in the batch, NotAllowed for who has read it before.
    """
    takes_turn(actor, batch)
    voter = _voter(batch, ticket)
    said = marks.read_off(choices, elections.asked(batch.vote_id))
    proxy_id = slips.letter_of(batch, voter, letter) if by_proxy else None
    signed = None if by_proxy else slips.signed_by(voter, signer)
    slip = slips.meant(batch, voter, said, proxy_id, signed)
    if batch.state is BatchState.SECOND:
        slip.second, slip.second_proxy_id, slip.second_signer = said, proxy_id, signed
    else:
        slip.third, slip.third_proxy_id, slip.third_signer = said, proxy_id, signed
    batch.moved_at = actor.now
    db.session.flush()
    settle(actor, batch)


@action(Can.CHECK_BATCH)
def take_over_batch(actor: Actor, batch: Batch) -> None:
    """Somebody else goes on with the second or third reading, from the beginning."""
    never_before(actor, batch)
    second = batch.state is BatchState.SECOND
    reading = (
        (Slip.second, Slip.second_proxy_id, Slip.second_signer)
        if second
        else (Slip.third, Slip.third_proxy_id, Slip.third_signer)
    )
    again = sa.update(Slip).where(Slip.batch_id == batch.id)
    db.session.execute(again.values(dict.fromkeys(reading)))
    if batch.state is BatchState.SECOND:
        batch.second_by_id = actor.id
    else:
        batch.third_by_id = actor.id
    batch.moved_at = actor.now
    record(actor, batch, BatchTakenOver(batch.id))


def _voter(batch: Batch, ticket: str) -> Voter:
    number = tickets.read(batch.vote_id, ticket)
    found = sa.select(Voter).where(Voter.vote_id == batch.vote_id, Voter.number == number)
    voter = db.session.scalar(found) if number is not None else None
    if voter is None:
        raise Invalid(_("没有这个票号，请照票上的号再录一次。"), "ticket")
    if not voter.units:
        raise Invalid(_("这张票的房屋在投票期间过户了，票由新业主投。请留好这张票，交计票人看。"), "ticket")
    return voter


def _not_twice(batch: Batch, voter: Voter, proxy_id: int | None, signer: int | None) -> None:
    """One paper of the voter himself, of each co-owner and of all together, and one with each letter."""
    other = (
        sa.select(Batch.number)
        .join(Slip, Slip.batch_id == Batch.id)
        .where(
            Batch.vote_id == batch.vote_id,
            Slip.voter_id == voter.id,
            Slip.proxy_id.is_not_distinct_from(proxy_id),
            Slip.signer.is_not_distinct_from(signer),
            ~GONE,
        )
    )
    number = db.session.scalar(other.order_by(Batch.number))
    if number is not None:
        raise Invalid(
            _("%(ticket)d 号票在第 %(batch)d 批录过了。真的又收到一张，请勾上“同一户的又一张票”，两张都留作证据。",
              ticket=voter.number, batch=number),
            "further",
        )  # fmt: skip


def _next(batch: Batch, voter: Voter) -> int:
    last = sa.select(sa.func.max(Slip.nth)).where(Slip.batch_id == batch.id, Slip.voter_id == voter.id)
    found = db.session.scalar(last)
    return 0 if found is None else found + 1


def _room(batch: Batch) -> None:
    papers = sa.select(sa.func.count()).select_from(Slip).where(Slip.batch_id == batch.id)
    if (db.session.scalar(papers) or 0) >= LARGEST:
        raise Invalid(_("一批最多 %(n)d 张，请先交给第二个人，再开一批。", n=LARGEST), "ticket")
