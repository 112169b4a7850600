"""The page of a vote's costs: the public tables, and what falls on the reader's own homes."""

from typing import NamedTuple

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import read
from ..models.costs import CostShare
from ..models.rolls import STANDS, RollUnit, Speaker, Voter
from ..models.votes import Matter


class OwnShare(NamedTuple):
    """What a matter costs for one of the reader's units; `position` of the matter."""

    position: int
    label: str
    area: int
    amount: int


_OWN = (
    sa.select(Matter.position, RollUnit.label, RollUnit.area, CostShare.amount)
    .join(Matter, Matter.id == CostShare.matter_id)
    .join(Voter, Voter.id == CostShare.voter_id)
    .join(RollUnit, sa.and_(RollUnit.vote_id == CostShare.vote_id, RollUnit.unit_id == CostShare.unit_id))
    .join(Speaker, sa.and_(Speaker.voter_id == Voter.id, Speaker.user_id == sa.bindparam("me"), STANDS))
    .where(CostShare.vote_id == sa.bindparam("vote"))
    .order_by(Matter.position, Voter.number, RollUnit.id)
    .limit(300)
)


def own_shares(actor: Actor, vote_id: int) -> list[OwnShare]:
    """For whom the reader speaks, home by home; one query, none for a visitor."""
    if actor.id is None:
        return []
    return [OwnShare(*row) for row in read(_OWN, {"me": actor.id, "vote": vote_id})]
