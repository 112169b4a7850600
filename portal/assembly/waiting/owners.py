"""What waits for owners: a vote in which they have not yet given a ballot."""

import sqlalchemy as sa

from ...core import access, clock, waiting
from ...core.actor import Actor
from ...core.columns import Rows
from ...core.text import N_
from ...core.waiting import Kind
from ..models.box import OwnerBallot
from ..models.rolls import STANDS, Speaker
from ..models.votes import OwnersVote
from ..words import VoteState


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


waiting.add(
    "owners_vote",
    Kind(N_("请您投票"), N_("去投票"), "vote", "owners_votes.show", "owners_vote_id", True),
    _to_vote,
)
