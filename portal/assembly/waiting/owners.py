"""What waits for owners: a vote in which they have not yet given a ballot, and what family gave in their name."""

import sqlalchemy as sa

from ...core import access, clock, waiting
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.text import N_
from ...core.waiting import NO_HOUR, Kind
from ..models.box import OwnerBallot
from ..models.rolls import STANDS, Speaker, Voter
from ..models.votes import OwnersVote
from ..words import VoteState

SHOWING = (VoteState.OPEN, VoteState.CLOSED, VoteState.COUNTING)
"""While the receipt of a ballot has its page."""


def _to_vote(actor: Actor) -> Rows | None:
    """Open votes in which the actor speaks for a voter from whom there is no ballot yet."""
    if actor.id is None:
        return None
    given = sa.select(OwnerBallot.voter_id).where(OwnerBallot.voter_id == Speaker.voter_id)
    silent = sa.select(Speaker.vote_id).where(Speaker.user_id == actor.id, STANDS, ~given.exists())
    return sa.select(
        sa.literal("owners_vote").label("kind"),
        OwnersVote.id.label("subject_id"),
        OwnersVote.title,
        sa.literal("resident").label("party"),
        sa.func.coalesce(OwnersVote.opened_at, OwnersVote.opens_at).label("since"),
        OwnersVote.closes_at.label("due"),
        OwnersVote.place_path,
    ).where(
        access.rows(actor, OwnersVote),
        OwnersVote.state == VoteState.OPEN,
        OwnersVote.closes_at > clock.now(),
        OwnersVote.id.in_(silent),
    )


def _given_by_family(actor: Actor) -> Rows | None:
    """Ballots that family gave in the actor's name and that he has not looked at."""
    if actor.id is None or actor.kin:
        return None
    return (
        sa.select(
            sa.literal("given_by_family").label("kind"),
            Voter.id.label("subject_id"),
            OwnersVote.title,
            sa.literal("resident").label("party"),
            OwnerBallot.at.label("since"),
            NO_HOUR.label("due"),
            Voter.place_path,
        )
        .join(Speaker, Speaker.voter_id == Voter.id)
        .join(OwnersVote, OwnersVote.id == Voter.vote_id)
        .join(
            OwnerBallot,
            sa.and_(
                OwnerBallot.vote_id == Voter.vote_id,
                OwnerBallot.voter_id == Voter.id,
                OwnerBallot.speaker_id == Speaker.id,
            ),
        )
        .where(Speaker.user_id == actor.id, OwnerBallot.kin != "", OwnerBallot.seen_at.is_(None))
        .where(OwnersVote.state.in_(SHOWING))
    )


waiting.add(
    "given_by_family",
    Kind(N_("家人替您投了票"), N_("看一看"), "hand-heart", "papers.receipt", "voter_id", True),
    _given_by_family,
)
waiting.add(
    "owners_vote",
    Kind(N_("请您投票"), N_("去投票"), "vote", "owners_votes.show", "owners_vote_id", True),
    _to_vote,
)
