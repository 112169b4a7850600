"""Saying when a poll begins: everybody reads it, and the clock opens it then as somebody would by hand."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ..events import PollOpened, PollPlanDropped, PollPlanned
from ..lifecycle import POLL
from ..models import Poll
from ..policy import Can
from ..words import PollState
from .opening import open_poll

AT_ONCE = 100
MISSED = timedelta(hours=1)
"""So long after its hour the clock still opens a poll. One that could not begin by then waits for somebody: nobody is
surprised by a roll that is frozen days after the hour that was told."""


@action(Can.PLAN)
def plan_poll(actor: Actor, poll: Poll, *, opens_at: datetime) -> None:
    """Let the clock open a poll at an hour, and everybody read of it before. What is asked then stands.

    Raises Invalid for an hour that is over or not before the close, Conflict for whatever would keep it from opening.
    """
    if opens_at <= actor.now:
        raise Invalid(_("请给一个还没到的时间。"), "opens_at")
    if opens_at >= poll.closes_at:
        raise Invalid(_("开始要早于截止时间；要改截止时间，先改样票。"), "opens_at")
    if unmet := POLL.unmet(actor, poll, PollOpened):
        raise Conflict(*unmet)
    poll.opens_at = opens_at
    record(actor, poll, PollPlanned(poll.id))


@action(Can.DROP_PLAN)
def drop_plan(actor: Actor, poll: Poll) -> None:
    """It does not begin then; it is a draft again that can be changed."""
    poll.opens_at = None
    record(actor, poll, PollPlanDropped(poll.id))


def open_due_polls(actor: Actor) -> int:
    """Open every poll whose hour has come; how many were opened. One that cannot open waits for somebody to look."""
    now = clock.now()
    due = sa.select(Poll).where(Poll.state == PollState.DRAFT, Poll.opens_at.between(now - MISSED, now))
    found = db.session.scalars(due.order_by(Poll.opens_at).limit(AT_ONCE)).all()
    return ticks.each(found, lambda poll: open_poll(actor, poll))
