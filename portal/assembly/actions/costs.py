"""What the matters cost each unit, worked out anew after the register's floors were mended."""

from ...core.actions import action
from ...core.actor import Actor
from ...core.eventlog import record
from .. import costs
from ..events import VoteAmended
from ..models.votes import OwnersVote
from ..policy import Can


@action(Can.AMEND)
def rework_shares(actor: Actor, vote: OwnersVote) -> None:
    """Share every cost afresh over the roll with the floors that the register has today."""
    costs.allot(vote)
    record(actor, vote, VoteAmended(vote.id))
