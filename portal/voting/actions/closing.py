"""After the hour: closing, certifying, and declaring a poll void."""

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.digests import digest
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ...councils.actions.line import after_vote
from .. import box, countfile, rules
from ..events import PollAnnulled, PollCertified, PollClosed, PollPlanDropped, PollPutAway
from ..lifecycle import POLL
from ..models import Certification, Poll, Turnout
from ..policy import Can
from ..tie_models import TieBreak
from ..words import Outcome, PollState

AT_ONCE = 100
"""Polls closed by one tick; the rest are closed by the next."""


@action(Can.CLOSE)
def close_poll(actor: Actor, poll: Poll) -> None:
    """Close a poll whose hour has passed, count it, and cut what led to secret papers."""
    cast = db.session.scalar(sa.select(Turnout.cast).where(Turnout.poll_id == poll.id)) or 0
    poll.closed_at = poll.closes_at
    POLL.move(actor, poll, PollClosed(poll.id, cast))
    box.open_it(poll)
    poll.tally = box.counted(poll)


def close_due_polls(actor: Actor) -> int:
    """Close every poll whose hour has passed; how many were closed."""
    due = sa.select(Poll).where(Poll.state == PollState.OPEN, Poll.closes_at <= clock.now())
    found = db.session.scalars(due.order_by(Poll.closes_at).limit(AT_ONCE)).all()
    return ticks.each(found, lambda poll: close_poll(actor, poll))


@action(Can.CERTIFY)
def certify_poll(actor: Actor, poll: Poll, *, outcome: Outcome, reason: str = "") -> None:
    """State the result, after counting afresh, and say what follows: the topic is settled or goes back to the table.

    A tie is settled only by a lot that was drawn in public. No valid ballot needs the reason why; so does going back
    although there is a result. Raises Invalid without it, Conflict if the fresh count differs from the one at the
    close.
    """
    fresh = box.case(poll)
    tally = box.counted(poll)
    if tally != poll.tally or not box.agrees(poll):
        raise Conflict(_("票数前后对不上，先不要核定。请联系管理员查清楚。"))
    if outcome is Outcome.SETTLED:
        _can_be_settled(poll, rules.finding(tally))
    if not reason and outcome is Outcome.RETURNED:
        raise Invalid(_("请写明理由，大家都看得到。"), "reason")
    assert actor.id is not None
    store(
        Certification(
            poll_id=poll.id,
            place_path=poll.place_path,
            tally=tally,
            count_hash=digest(countfile.text(fresh, tally)),
            outcome=outcome,
            reason=reason,
            certified_by_id=actor.id,
            at=actor.now,
        )
    )
    POLL.move(actor, poll, PollCertified(poll.id, outcome))
    if poll.topic_id is not None:
        after_vote(actor, poll.topic_id, decided=outcome is Outcome.SETTLED)


@action(Can.ANNUL)
def annul_poll(actor: Actor, poll: Poll, *, reason: str) -> None:
    """Declare a poll void. Its ballots stay sealed; a topic that waited for it goes back to the table. A draft, which
    nobody has seen, is only put away."""
    if not reason:
        raise Invalid(_("请写明为什么作废。"), "reason")
    poll.annulled_because = reason
    if poll.opens_at is not None and poll.opened_at is None:
        poll.opens_at = None
        record(actor, poll, PollPlanDropped(poll.id))
    POLL.move(actor, poll, (PollPutAway if poll.opened_at is None else PollAnnulled)(poll.id))
    if not poll.closed_at:
        box.put_away(poll)
    if poll.opened_at is not None and poll.topic_id is not None:
        after_vote(actor, poll.topic_id, decided=False)


def _can_be_settled(poll: Poll, said: rules.Finding) -> None:
    """Raises Invalid where the count decides nothing."""
    if said is rules.Finding.NOBODY:
        raise Invalid(_("没有一张有效票，定不下来，请选回到协商。"), "outcome")
    if said is rules.Finding.TOO_FEW:
        raise Invalid(_("投票的人不够，不能作决定，请选回到协商。"), "outcome")
    if said is rules.Finding.TIED and not poll.ties_stand and not _drawn(poll):
        raise Invalid(_("票数相同，先抽签或再投一轮，才能定下来；也可以选回到协商。"), "outcome")


def _drawn(poll: Poll) -> bool:
    found = sa.select(TieBreak.poll_id).where(TieBreak.poll_id == poll.id, TieBreak.drawn_at.is_not(None))
    return db.session.scalar(found) is not None
