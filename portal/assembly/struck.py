"""Ballots that two people struck out upon what their owner said: they neither count nor say that he has voted."""

from typing import Any

import sqlalchemy as sa

from .challenges import Fate
from .models.box import OwnerBallot
from .models.challenges import BallotChallenge


def struck(ballot: Any) -> sa.ColumnElement[bool]:
    """Whether it was struck out; `ballot`: what has its columns vote_id, receipt and changes."""
    return sa.exists().where(
        BallotChallenge.vote_id == ballot.vote_id,
        BallotChallenge.receipt == ballot.receipt,
        BallotChallenge.changes == ballot.changes,
        BallotChallenge.fate == sa.literal(Fate.STRUCK, BallotChallenge.fate.type),
    )


def spoken(voter: Any, *more: Any) -> sa.ColumnElement[bool]:
    """Whether a voter has anything in the box that was not struck out."""
    return sa.exists().where(
        OwnerBallot.vote_id == voter.vote_id, OwnerBallot.voter_id == voter.id, ~struck(OwnerBallot), *more
    )
