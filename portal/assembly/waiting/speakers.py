"""Who was named to speak for a head: to be compared with the letter by a second person, told to the owners of the
head, and decided where one of them objects."""

from typing import Any

import sqlalchemy as sa

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, NOW, Kind, lines, one_of, personal, those
from ..models.rolls import Speaker, Voter
from ..models.votes import OwnersVote
from ..policy import Can
from ..stages import NAMED
from ..words import Standing, VoteState

STILL = (VoteState.ROLL_POSTED, VoteState.FROZEN, VoteState.NOTICE, VoteState.OPEN)


def _named(kind: str, party: str, *which: Any) -> Rows:
    return (
        lines(
            kind,
            Speaker,
            subject=Voter.id,
            title=Voter.label,
            since=OwnersVote.moved_at,
            party=party,
            due=OwnersVote.closes_at,
        )
        .join(Voter, Voter.id == Speaker.voter_id)
        .join(OwnersVote, OwnersVote.id == Speaker.vote_id)
        .where(*which)
    )


@prepared
def _to_review(mine: Condition) -> Rows:
    waits = (Speaker.standing == Standing.ENTERED, one_of(OwnersVote.state, STILL))
    return _named("review_speaker", "community", mine, *waits)


@prepared
def _to_designate(mine: Condition) -> Rows:
    return _named("review_designation", "community", mine, one_of(OwnersVote.state, STILL))


@prepared
def _to_decide(mine: Condition) -> Rows:
    states = one_of(OwnersVote.state, (*STILL, VoteState.CLOSED))
    return _named("decide_speaker", "community", mine, Speaker.standing == Standing.SUSPENDED, states)


@prepared
def _told() -> Rows:
    """Whom staff entered, named or chosen, to speak for a head that the reader is an owner of, as long as people
    vote."""
    own = sa.orm.aliased(Speaker)
    heads = sa.select(own.voter_id).where(own.user_id == ME, own.owner_id.is_not(None))
    return _named(
        "speaker_named",
        "resident",
        Speaker.voter_id.in_(heads),
        sa.or_(
            sa.and_(
                one_of(Speaker.capacity, NAMED),
                Speaker.entered_by_id.is_not(None),
                Speaker.user_id.is_distinct_from(ME),
                one_of(Speaker.standing, (Standing.ENTERED, Standing.STANDS)),
                Speaker.decided_by_id.is_(None),
            ),
            Speaker.proposed,
        ),
        one_of(OwnersVote.state, STILL),
        OwnersVote.closes_at > NOW,
    )


waiting.add(
    "review_speaker",
    Kind(N_("登记的投票人等核对"), N_("去核对"), "user-round", "speakers.index", "voter_id", False),
    those(Speaker, Can.REVIEW_SPEAKER, _to_review),
)
waiting.add(
    "review_designation",
    Kind(N_("共有人的推选等核对"), N_("去核对"), "user-round", "speakers.index", "voter_id", False),
    those(Speaker, Can.ACCEPT_DESIGNATION, _to_designate),
)
waiting.add(
    "decide_speaker",
    Kind(N_("业主对投票人有异议"), N_("去决定"), "scale", "speakers.index", "voter_id", False),
    those(Speaker, Can.DECIDE_SPEAKER, _to_decide),
)
waiting.add(
    "speaker_named",
    Kind(N_("社区登记了别人替您投票"), N_("去看看"), "user-round", "speakers.index", "voter_id", True),
    personal(_told),
)
