"""Objections that were right: what has to follow before the roll is settled or the result certified."""

import sqlalchemy as sa

from ..core.access import Condition
from ..core.waiting import one_of
from .models.votes import Posting, VoteObjection
from .words import ObjectionKind, PostingKind


def unmended() -> Condition:
    """The objection was upheld, and what it is about was not hung out anew since: a later version of the roll, a later
    count. For a roll somebody may have stated instead why it stays as it is. An objection to a candidate has no
    posting to follow: he is struck off or he is not."""
    hung_out = sa.case(
        (VoteObjection.kind == ObjectionKind.ROLL, PostingKind.ROLL.value),
        else_=PostingKind.PRELIMINARY.value,
    )
    later = sa.exists().where(
        Posting.vote_id == VoteObjection.vote_id,
        Posting.kind == hung_out,
        Posting.at > VoteObjection.answered_at,
    )
    return sa.and_(
        one_of(VoteObjection.kind, (ObjectionKind.ROLL, ObjectionKind.RESULT)),
        VoteObjection.upheld.is_(True),
        VoteObjection.unchanged_because == "",
        ~later,
    )
