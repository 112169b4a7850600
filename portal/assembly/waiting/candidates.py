"""Nominations: to be agreed to by the nominee, and then to be checked by the convener."""

from typing import Any

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import ME, Kind, lines, one_of, personal, those
from ..election_words import CandidateState
from ..models.elections import Candidate
from ..models.votes import OwnersVote
from ..policy import Can
from ..stages import BEFORE_NOTICE
from ..words import VoteState
from .party import CONVENING


def _nominations(kind: str, party: Any) -> Rows:
    return lines(
        kind,
        Candidate,
        title=OwnersVote.title,
        since=Candidate.moved_at,
        party=party,
        due=OwnersVote.opens_at,
    )


@prepared
def _to_check(mine: Condition) -> Rows:
    """Who agreed to stand and waits, once there is a roll that he can be found on."""
    return (
        _nominations("check_candidate", CONVENING)
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
        _nominations("agree_to_stand", "resident")
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
