"""Ballots of which an owner says that staff entered them wrongly: to be answered, and one that is to be struck out to
be looked at by a second person."""

from typing import Any

from ...core import waiting
from ...core.access import Condition
from ...core.columns import Rows
from ...core.prepared import prepared
from ...core.text import N_
from ...core.waiting import Kind, lines, one_of, those
from ..challenges import Fate
from ..models.challenges import BallotChallenge
from ..models.votes import OwnersVote
from ..policy import Can
from ..words import VoteState

TAKEN = (VoteState.OPEN, VoteState.CLOSED)


def _lines(kind: str, mine: Condition, fate: Fate, since: Any) -> Rows:
    return (
        lines(
            kind,
            BallotChallenge,
            title=OwnersVote.title,
            since=since,
            party="community",
            due=BallotChallenge.due,
        )
        .join(OwnersVote, OwnersVote.id == BallotChallenge.vote_id)
        .where(mine, one_of(BallotChallenge.fate, (fate,)), one_of(OwnersVote.state, TAKEN))
    )


@prepared
def _to_answer(mine: Condition) -> Rows:
    return _lines("answer_challenge", mine, Fate.WAITING, BallotChallenge.at)


@prepared
def _to_confirm(mine: Condition) -> Rows:
    return _lines("confirm_strike", mine, Fate.TO_STRIKE, BallotChallenge.answered_at)


waiting.add(
    "answer_challenge",
    Kind(
        N_("业主说代录的票不对"),
        N_("去答复"),
        "circle-alert",
        "challenges.show",
        "ballot_challenge_id",
        False,
    ),
    those(BallotChallenge, Can.ANSWER_CHALLENGE, _to_answer),
)
waiting.add(
    "confirm_strike",
    Kind(
        N_("要划掉的票等另一个人核对"), N_("去核对"), "ban", "challenges.show", "ballot_challenge_id", False
    ),
    those(BallotChallenge, Can.CONFIRM_STRIKE, _to_confirm),
)
