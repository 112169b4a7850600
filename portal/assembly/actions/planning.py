"""Settling when and where papers are counted, so that whoever wants to watch can come."""

from datetime import datetime

from ...core.actions import action
from ...core.actor import Actor
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ..count_events import CountPlanned
from ..models.votes import OwnersVote
from ..policy import Can


@action(Can.PLAN_COUNT)
def plan_count(actor: Actor, vote: OwnersVote, *, at: datetime, where: str) -> None:
    """Announce the public count; again where the voting is extended. Raises Invalid with its field: an hour that has
    passed or lies before the close, no place."""
    if at < vote.closes_at:
        raise Invalid(_("公开唱票要在投票截止以后。"), "at")
    if at <= actor.now:
        raise Invalid(_("请给一个还没到的时间。"), "at")
    if not where.strip():
        raise Invalid(_("请写在哪里唱票，让想看的人找得到。"), "where")
    if (vote.counts_at, vote.counts_where) == (at, where.strip()):
        return
    vote.counts_at, vote.counts_where = at, where.strip()
    record(actor, vote, CountPlanned(vote.id))
