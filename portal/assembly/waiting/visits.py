"""Buildings that somebody was asked to go round, as long as voters there have not voted."""

import sqlalchemy as sa

from ...core import waiting
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, NOW, Kind, lines, one_of, personal
from ..models.reaching import DoorVisit
from ..models.rolls import Voter
from ..models.votes import OwnersVote
from ..struck import spoken
from ..words import VoteState


@prepared
def _to_visit() -> Rows:
    silent = sa.exists().where(
        Voter.vote_id == DoorVisit.vote_id,
        Voter.building == DoorVisit.building,
        Voter.units > 0,
        ~spoken(Voter),
    )
    return (
        lines(
            "door_visit",
            OwnersVote,
            subject=DoorVisit.vote_id,
            title=DoorVisit.building,
            since=DoorVisit.at,
            due=OwnersVote.closes_at,
        )
        .join(OwnersVote, OwnersVote.id == DoorVisit.vote_id)
        .where(
            DoorVisit.visitor_id == ME,
            one_of(OwnersVote.state, (VoteState.NOTICE, VoteState.OPEN)),
            OwnersVote.closes_at > NOW,
            silent,
        )
    )


waiting.add(
    "door_visit",
    Kind(N_("请您上门"), N_("看名单"), "user-round", "deliveries.mine", "owners_vote_id", True),
    personal(_to_visit),
)
