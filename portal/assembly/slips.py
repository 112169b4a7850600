"""Papers of a batch: which letter of authority one was given with, and which of several is read again."""

from collections.abc import Sequence

import sqlalchemy as sa

from ..core.db import db
from ..core.errors import Invalid
from ..core.text import _
from .models.papers import Batch, Proxy, Slip
from .models.rolls import STANDS, Speaker, Voter
from .words import BatchState, ProxyState, VoterKind


def letter_of(batch: Batch, voter: Voter, typed: str) -> int:
    """The letter that a paper was given with: the voter's only one, or the one whose number or agent was typed. One
    that was taken back after a paper of this batch was read with it can still be named: the count leaves it out."""
    read_with = sa.select(Slip.proxy_id).where(
        Slip.batch_id == batch.id, Slip.voter_id == voter.id, Slip.proxy_id.is_not(None)
    )
    found = sa.select(Proxy.id, Proxy.agent_name, Proxy.state).where(
        Proxy.voter_id == voter.id, sa.or_(Proxy.state == ProxyState.ACCEPTED, Proxy.id.in_(read_with))
    )
    letters = db.session.execute(found.order_by(Proxy.id)).all()
    if not letters:
        raise Invalid(_("这一户没有核对过的委托书，不能按代投录。"), "by_proxy")
    named = [p for p in letters if typed.strip() in (str(p.id), p.agent_name)] if typed.strip() else letters
    if len(named) != 1:
        which = "、".join(_("%(n)d 号（%(name)s）", n=p.id, name=p.agent_name) for p in letters)
        raise Invalid(_("请写明是哪一份委托书：%(which)s。", which=which), "letter")
    return int(named[0].id)


def signed_by(voter: Voter, signer: int | None) -> int | None:
    """Who signed a paper of co-owners, 0 for all of them. Raises Invalid where nobody said so."""
    if voter.kind is not VoterKind.CO_OWNERS:
        return None
    standing = sa.select(Speaker.id).where(Speaker.voter_id == voter.id, STANDS)
    if signer is None or signer not in {0, *db.session.scalars(standing)}:
        raise Invalid(_("这一户是几人共有，请看票上谁签了字：都签了，还是只有哪一位。"), "signed")
    return signer


def meant(batch: Batch, voter: Voter, said: str, proxy_id: int | None, signer: int | None) -> Slip:
    """The paper that somebody reads again: of several of one voter one that still waits, rather one that was read the
    same before. Where none waits any more it is a correction, of one that differs if there is one."""
    found = sa.select(Slip).where(Slip.batch_id == batch.id, Slip.voter_id == voter.id)
    slips = list(db.session.scalars(found.order_by(Slip.nth)))
    if not slips:
        raise Invalid(_("这一批里没有这张票，请看看是不是别的批次的。"), "ticket")
    if batch.state is BatchState.SECOND:
        waiting = [s for s in slips if s.second is None]
        return _likest(waiting or [s for s in slips if s.differs] or slips, said, proxy_id, signer)
    differing = [s for s in slips if s.differs]
    if not differing:
        raise Invalid(_("这张票前两遍一样，不用再录。"), "ticket")
    return _likest([s for s in differing if s.third is None] or differing, said, proxy_id, signer)


def _likest(slips: Sequence[Slip], said: str, proxy_id: int | None, signer: int | None) -> Slip:
    """Of several papers the one of the same agent and hand, and of those the one that was read the same."""
    same = [s for s in slips if proxy_id in (s.proxy_id, s.second_proxy_id)] or slips
    same = [s for s in same if signer in (s.signer, s.second_signer)] or same
    return next((s for s in same if said in (s.first, s.second)), same[0])
