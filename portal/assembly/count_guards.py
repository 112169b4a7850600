"""What stands in the way of opening the box: everybody was told where and when, and every paper of it is in hand."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.actor import Actor
from ..core.db import db
from ..core.errors import Unmet
from ..core.leaves import time_words
from ..core.text import _, speaking
from .models.box import OfficialImport
from .models.papers import GONE, UNREAD, Batch, BoxSeal, Slip
from .models.votes import OwnersVote
from .sealing import last_hour, left_over
from .words import Standing


def count_short(vote: Any) -> list[Unmet]:
    """What is missing today for a count that whoever likes can watch and that holds every paper of the box."""
    found = []
    plan = f"/owners-votes/{vote.id}/count/plan"
    if vote.counts_at is None or vote.counts_at < vote.closes_at:
        found.append(Unmet(_("公开唱票的时间地点还没有公布，想到场看的业主不知道。"), plan))
    elif clock.now() < vote.counts_at:
        found.append(Unmet(_("公布的唱票时间是%(day)s，还没有到。", day=until(vote.counts_at)), plan))
    if vote.official_evote and not imported(vote.id):
        sentence = _("主管部门系统的投票结果还没有导入，网上投的票都不在票箱里。")
        found.append(Unmet(sentence, f"/owners-votes/{vote.id}/official"))
    if n := sealed_unread(vote.id):
        sentence = _("封箱记数的纸质票还有 %(n)d 张没有录进来，录完才能开箱计票。", n=n)
        found.append(Unmet(sentence, f"/owners-votes/{vote.id}/batches"))
    return found


def imported(vote_id: int) -> bool:
    """Whether a result file of the authority's system was taken."""
    there = sa.select(OfficialImport.id).where(OfficialImport.vote_id == vote_id).limit(1)
    return db.session.scalar(there) is not None


def sealed_unread(vote_id: int) -> int:
    """Papers that two people counted in the box and nobody has read in."""
    read = (
        sa.select(sa.func.count())
        .select_from(Slip)
        .join(Batch, Batch.id == Slip.batch_id)
        .join(OwnersVote, OwnersVote.id == Batch.vote_id)
        .where(
            Batch.vote_id == BoxSeal.vote_id,
            Batch.received_at < OwnersVote.closes_at,
            Slip.at >= OwnersVote.closes_at,
            ~GONE,
        )
        .correlate(BoxSeal)
        .scalar_subquery()
    )
    found = sa.select(BoxSeal.papers, read.label("read"))
    row = db.session.execute(
        found.where(BoxSeal.vote_id == vote_id, BoxSeal.standing == Standing.STANDS)
    ).first()
    return max(left_over(row, row.read), 0) if row else 0


def box_sealed(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    """As long as another person may still count the box as one has, the count waits for him."""
    if clock.now() >= last_hour(vote.closes_at):
        return
    waits = sa.select(BoxSeal.id).where(BoxSeal.vote_id == vote.id, BoxSeal.standing != Standing.STANDS)
    if db.session.scalar(waits) is not None:
        yield Unmet(_("票箱里没录的纸质票，还要另一个人再数一遍。"), f"/owners-votes/{vote.id}/seal")


def papers_all_entered(vote: OwnersVote, _actor: Actor) -> Iterable[Unmet]:
    still = sa.select(sa.func.count()).where(Batch.vote_id == vote.id, UNREAD)
    if n := db.session.scalar(still):
        yield Unmet(_("还有 %(n)d 批纸质票没有录完两遍。", n=n), f"/owners-votes/{vote.id}/batches")


def until(moment: datetime) -> str:
    """The end of a posting in words."""
    return time_words(speaking.get()).until(moment, clock.local(clock.now())).striptags()
