"""Open secret polls whose papers the keys at hand do not open: after a restore they wait for the key of then."""

import sqlalchemy as sa

from ...core.db import read
from ..models import Poll, SecretBallot
from ..sealing import Unsealable, unseal
from ..words import PollState


def locked_polls() -> int:
    """How many there are. One query for the polls and one for the papers of each."""
    polls = sa.select(Poll.id).join(SecretBallot, SecretBallot.poll_id == Poll.id)
    found = polls.where(Poll.state == PollState.OPEN).distinct()
    return sum(_locked(row.id) for row in read(found))


def _locked(poll_id: int) -> bool:
    papers = sa.select(SecretBallot.marks).where(SecretBallot.poll_id == poll_id)
    try:
        unseal(poll_id, [row.marks for row in read(papers)])
    except Unsealable:
        return True
    return False
