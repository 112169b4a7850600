"""The hour: no ballot after it, and nobody closes before it."""

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ..events import VoteClosed
from ..lifecycle import OWNERS_VOTE
from ..models.box import OwnerBallot
from ..models.votes import OwnersVote
from ..policy import Can
from ..words import VoteState

AT_ONCE = 100
"""Votes closed by one tick; the rest are closed by the next."""


@action(Can.CLOSE)
def close_vote(actor: Actor, vote: OwnersVote) -> None:
    """Close a vote whose hour has passed. Papers received before it are still entered. Raises Conflict before."""
    vote.closed_at = vote.closes_at
    OWNERS_VOTE.move(actor, vote, VoteClosed(vote.id, heads_in_time(vote)))


def close_due_votes(actor: Actor) -> int:
    """Close every vote whose hour has passed; how many were closed."""
    due = sa.select(OwnersVote).where(OwnersVote.state == VoteState.OPEN, OwnersVote.closes_at <= clock.now())
    found = db.session.scalars(due.order_by(OwnersVote.closes_at).limit(AT_ONCE)).all()
    return ticks.each(found, lambda vote: close_vote(actor, vote))


def heads_in_time(vote: OwnersVote) -> int:
    """Voters of whom there is a ballot from before the hour, whatever becomes of it in the count."""
    given = sa.select(sa.func.count(sa.distinct(OwnerBallot.voter_id)))
    in_time = given.where(OwnerBallot.vote_id == vote.id, OwnerBallot.at < vote.closes_at)
    return db.session.scalar(in_time) or 0
