"""Nominations: to be agreed to by the nominee, and then to be checked by the convener."""

from typing import Any

import sqlalchemy as sa

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, Kind, one_of, personal, those
from ..election_words import CandidateState
from ..models.elections import Candidate
from ..models.votes import OwnersVote
from ..policy import BEFORE_NOTICE, Can
from ..words import Convener, VoteState

_party = sa.case((OwnersVote.convener == Convener.COMMITTEE, "committee"), else_="community").label("party")


def _columns(kind: str, party: Any) -> tuple[Any, ...]:
    return (
        sa.literal(kind).label("kind"),
        Candidate.id.label("subject_id"),
        OwnersVote.title,
        party,
        Candidate.moved_at.label("since"),
        OwnersVote.opens_at.label("due"),
        Candidate.place_path,
    )


@prepared
def _to_check(mine: Condition) -> Rows:
    """Who agreed to stand and waits, once there is a roll that he can be found on."""
    return (
        sa.select(*_columns("check_candidate", _party))
        .join(OwnersVote, OwnersVote.id == Candidate.vote_id)
        .where(
            mine,
            Candidate.state == CandidateState.NOMINATED,
            Candidate.consented_at.is_not(None),
            one_of(OwnersVote.state, (VoteState.ROLL_POSTED, VoteState.FROZEN)),
        )
    )


@prepared
def _to_agree() -> Rows:
    return (
        sa.select(*_columns("agree_to_stand", sa.literal("resident").label("party")))
        .join(OwnersVote, OwnersVote.id == Candidate.vote_id)
        .where(
            Candidate.user_id == ME,
            Candidate.state == CandidateState.NOMINATED,
            Candidate.consented_at.is_(None),
            one_of(OwnersVote.state, BEFORE_NOTICE),
        )
    )


waiting.add(
    "check_candidate",
    Kind(N_("候选人等资格审查"), N_("去审查"), "user-round-check", "candidates.show", "candidate_id", False),
    those(Candidate, Can.REVIEW_CANDIDATE, _to_check),
)
waiting.add(
    "agree_to_stand",
    Kind(N_("有人推荐您参选"), N_("去看看"), "user-round-check", "candidates.show", "candidate_id", True),
    personal(_to_agree),
)
