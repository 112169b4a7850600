"""Announcing a vote, opening it at its hour, extending it, ending it before its time; rules that could not be kept."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action, store
from ...core.actor import Actor, system
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept
from ...core.text import _
from ...councils.actions.line import hold, put_to_vote, return_to_table
from ...councils.models import Topic
from ...councils.words import Party, TopicState
from .. import elections
from ..events import (
    NoticePosted,
    RuleOverridden,
    VoteExtended,
    VoteOpened,
    VotePostponed,
    VotePutAway,
    VoteVoided,
)
from ..guards import OVERRIDABLE, overridden
from ..lifecycle import OWNERS_VOTE
from ..models.votes import Override, OwnersVote
from ..policy import Can
from ..postings import hang_out
from ..terms import check_hours, check_postponed, may_extend
from ..words import PostingKind, VoteState
from .nominating import put_on_lists

AT_ONCE = 100
"""Votes opened by one tick; the rest are opened by the next."""


@action(Can.NOTICE)
def announce(actor: Actor, vote: OwnersVote, *, where: str, photos: Sequence[Kept] = ()) -> None:
    """Hang out what is decided, who stands, when and how. From now on the paper stands. Raises Conflict if it is too
    late."""
    check_hours(vote.jurisdiction, vote.opens_at, vote.closes_at, actor.now)
    elections.hold(vote)
    OWNERS_VOTE.move(actor, vote, NoticePosted(vote.id))
    put_on_lists(vote)
    hang_out(actor, vote, PostingKind.NOTICE, where=where, until=vote.opens_at, photos=photos)


@action(Can.OPEN)
def open_vote(actor: Actor, vote: OwnersVote) -> None:
    """Let the votes come in. A topic at the table goes to its stop 表决 with it."""
    vote.opened_at = actor.now
    elections.hold(vote)
    OWNERS_VOTE.move(actor, vote, VoteOpened(vote.id))
    topic = _topic(vote)
    if topic and topic.state is TopicState.DELIBERATING:
        put_to_vote(system(actor.now), topic, closes_at=vote.closes_at)


def open_due_votes(actor: Actor) -> int:
    """Open every announced vote whose hour has come; how many were opened."""
    due = sa.select(OwnersVote).where(
        OwnersVote.state == VoteState.NOTICE, OwnersVote.opens_at <= clock.now()
    )
    found = db.session.scalars(due.order_by(OwnersVote.opens_at).limit(AT_ONCE)).all()
    return ticks.each(found, lambda vote: open_vote(actor, vote))


@action(Can.POSTPONE)
def postpone_opening(
    actor: Actor,
    vote: OwnersVote,
    *,
    opens_at: datetime,
    closes_at: datetime,
    reason: str,
    where: str,
    photos: Sequence[Kept] = (),
) -> None:
    """Let an announced vote begin at a later hour, with the reason in public: what stands in the way of the opening is
    not settled yet. Raises Invalid."""
    if not reason.strip():
        raise Invalid(_("请写明为什么改期，大家都看得到。"), "reason")
    check_postponed(vote, opens_at, closes_at, actor.now)
    vote.opens_at, vote.closes_at = opens_at, closes_at
    vote.moved_at = actor.now
    hang_out(actor, vote, PostingKind.POSTPONED, where=where, until=opens_at, reason=reason, photos=photos)
    record(actor, vote, VotePostponed(vote.id))


@action(Can.EXTEND)
def extend_vote(
    actor: Actor,
    vote: OwnersVote,
    *,
    closes_at: datetime,
    reason: str,
    where: str,
    photos: Sequence[Kept] = (),
) -> None:
    """Give the voting more time, with the reason in public. Ballots that were cast stand. Raises Invalid, Conflict
    where the assembly's rules leave no further extension."""
    if not may_extend(vote.extensions, vote.max_extensions):
        raise Conflict(_no_more(vote))
    if not reason.strip():
        raise Invalid(_("请写明为什么延期，大家都看得到。"), "reason")
    if closes_at <= vote.closes_at:
        raise Invalid(_("延期只能往后，不能提前截止。"), "closes_at")
    check_hours(vote.jurisdiction, vote.opens_at, closes_at, actor.now)
    vote.closes_at = closes_at
    vote.extensions += 1
    vote.moved_at = actor.now
    hang_out(actor, vote, PostingKind.EXTENSION, where=where, until=closes_at, reason=reason, photos=photos)
    record(actor, vote, VoteExtended(vote.id))
    topic = _topic(vote)
    if topic and topic.state is TopicState.VOTING:
        hold(system(actor.now), topic, held_by=Party.RESIDENT, due_at=closes_at)


@action(Can.VOID)
def void_vote(
    actor: Actor, vote: OwnersVote, *, reason: str, where: str = "", photos: Sequence[Kept] = ()
) -> None:
    """End a vote without a result, with the reason in public; its ballots stay sealed. A draft, which nobody has seen,
    is only put away."""
    if not reason.strip():
        raise Invalid(_("请写明为什么终止。"), "reason")
    shown = vote.state is not VoteState.DRAFT
    was_open = vote.opened_at is not None
    vote.void_because = reason.strip()
    OWNERS_VOTE.move(actor, vote, (VoteVoided if shown else VotePutAway)(vote.id))
    if shown:
        hang_out(actor, vote, PostingKind.VOID, where=where, reason=reason, photos=photos)
    topic = _topic(vote)
    if was_open and topic and topic.state is TopicState.VOTING:
        return_to_table(system(actor.now), topic)


@action(Can.OVERRIDE)
def override_rule(actor: Actor, vote: OwnersVote, *, rule: str, reason: str) -> None:
    """Answer for a rule of time that is not kept; it stands in the evidence for good."""
    if rule not in OVERRIDABLE:
        raise Invalid(_("这条规定不能不办。"), "rule")
    if not reason.strip():
        raise Invalid(_("请写明为什么来不及、大家怎么知情，留作证据。"), "reason")
    if overridden(vote, rule):
        raise Conflict(_("这条已经写过理由了。"))
    assert actor.id is not None
    store(Override(vote_id=vote.id, rule=rule, reason=reason.strip(), by_id=actor.id, at=actor.now))
    record(actor, vote, RuleOverridden(vote.id))


def _no_more(vote: OwnersVote) -> str:
    if not vote.max_extensions:
        return _("议事规则规定投票不能延期。")
    return _(
        "议事规则规定最多延期 %(most)d 次，已经延过 %(n)d 次，不能再延。",
        most=vote.max_extensions,
        n=vote.extensions,
    )


def _topic(vote: OwnersVote) -> Topic | None:
    return lock(db.session.get_one(Topic, vote.topic_id)) if vote.topic_id else None
