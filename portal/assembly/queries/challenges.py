"""What owners said of ballots that staff entered in their names: beside a voter's paper, and the page of one."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import access
from ...core.actor import Actor
from ...core.columns import LARGEST_ID, Rows
from ...core.db import read
from ..models.box import OwnerBallot
from ..models.challenges import BallotChallenge
from ..models.rolls import Voter
from ..models.votes import OwnersVote


class ChallengeLine(NamedTuple):
    id: int
    receipt: str
    changes: int
    claim: str
    fate: str
    answer: str
    at: datetime
    due: datetime


def of_voter() -> Rows:
    """Of a voter, as a nested column."""
    columns = (getattr(BallotChallenge, name) for name in ChallengeLine._fields)
    return (
        sa.select(*columns).where(BallotChallenge.voter_id == Voter.id).order_by(BallotChallenge.id).limit(20)
    )


_by, _enterer, _answerer, _second = (sa.orm.aliased(User) for _n in range(4))
_PAGE = (
    sa.select(
        *(
            getattr(BallotChallenge, c.key)
            for c in sa.inspect(BallotChallenge).column_attrs
            if c.key != "once"
        ),
        shown(_by).label("by"),
        shown(_enterer).label("entered_by"),
        shown(_answerer).label("answered_by"),
        shown(_second).label("confirmed_by"),
        Voter.label,
        Voter.number,
        OwnersVote.title,
        OwnersVote.state.label("vote_state"),
        OwnerBallot.channel,
        OwnerBallot.at.label("given_at"),
        OwnerBallot.changes.label("changes_now"),
        sa.and_(OwnerBallot.entered_by_id.is_(None), OwnerBallot.kin == "").label("his_own_now"),
    )
    .join(OwnersVote, OwnersVote.id == BallotChallenge.vote_id)
    .join(Voter, Voter.id == BallotChallenge.voter_id)
    .join(
        OwnerBallot,
        sa.and_(
            OwnerBallot.vote_id == BallotChallenge.vote_id, OwnerBallot.receipt == BallotChallenge.receipt
        ),
    )
    .join(_by, _by.id == BallotChallenge.by_id)
    .join(_enterer, _enterer.id == BallotChallenge.entered_by_id)
    .outerjoin(_answerer, _answerer.id == BallotChallenge.answered_by_id)
    .outerjoin(_second, _second.id == BallotChallenge.confirmed_by_id)
)


def challenge_page(actor: Actor, ballot_challenge_id: int) -> Any:
    """One with its ballot, never what that says. `replaced`: he gave one himself since, and it is the one that counts.
    None if the actor may not see it. One query."""
    if ballot_challenge_id > LARGEST_ID:
        return None
    rows = read(_PAGE.where(BallotChallenge.id == ballot_challenge_id, access.rows(actor, BallotChallenge)))
    if not rows:
        return None
    page = SimpleNamespace(__tablename__="ballot_challenge", **rows[0]._mapping)
    page.vote = SimpleNamespace(state=page.vote_state)
    page.replaced = page.changes_now != page.changes and page.his_own_now
    return page
