"""Papers that stand in the place of what an owner himself gave on the screen, by the rule of the assembly: of two of
his own the first counts, or the last, and what all co-owners signed stands above what one of them gave before.

Who reads a paper in also types when it was received, so such a paper is shown to the scrutineers and has its picture.
"""

from typing import Any

import sqlalchemy as sa

from .models.box import TOGETHER, OwnerBallot
from .models.papers import GONE, Batch, Slip
from .models.votes import OwnersVote
from .words import Channel

_signer = sa.case((Slip.third.is_not(None), Slip.third_signer), else_=Slip.signer)
"""Who signed it, as far as it has been read."""
_his = sa.or_(_signer.is_(None), _signer.in_((TOGETHER, OwnerBallot.speaker_id)))
_later = Batch.received_at >= OwnerBallot.at
_before_it = sa.case(
    (_signer.is_not_distinct_from(TOGETHER), _later),
    (OwnersVote.last_counts.is_(True), _later),
    else_=Batch.received_at <= OwnerBallot.at,
)


def displaced_at() -> sa.ScalarSelect[Any]:
    """Of a slip with its batch and vote: when the owner had given the ballot whose place it takes; none: it takes
    nobody's, or was read in before there was any."""
    return (
        sa.select(sa.func.max(OwnerBallot.at))
        .where(
            OwnerBallot.vote_id == Batch.vote_id,
            OwnerBallot.voter_id == Slip.voter_id,
            OwnerBallot.channel == Channel.ONLINE,
            OwnerBallot.entered_by_id.is_(None),
            OwnerBallot.first_at < Slip.at,
            Batch.received_at < OwnersVote.closes_at,
            ~GONE,
            _his,
            _before_it,
        )
        .correlate(Slip, Batch, OwnersVote)
        .scalar_subquery()
    )
