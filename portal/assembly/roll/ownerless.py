"""Units on the roll that the register knows no owner of: those somebody must look at, and what was stated of others."""

from typing import NamedTuple

import sqlalchemy as sa

from ...core.db import read
from ..models.rolls import RollUnit, UnknownOwner, Voter
from ..models.votes import OwnersVote
from ..words import VoterKind
from .drawing import Drawn, Part


class Stated(NamedTuple):
    """Units of unknown owners on the roll that was posted, by the reason that was stated for them."""

    reason: str
    labels: list[str]


def ownerless(drawn: Drawn) -> list[Part]:
    """Every unit without any owner, in the order of the roll; the developer's are not among them."""
    return [part for head in drawn.heads if head.kind is VoterKind.UNKNOWN for part in head.parts]


def unstated(vote: OwnersVote, drawn: Drawn) -> list[Part]:
    """Those of them nobody has stated a reason for yet. `vote` may be a row of its page."""
    found = ownerless(drawn)
    if not found:
        return []
    stated = {row.unit_id for row in read(_STATED, {"vote": vote.id})}
    return [part for part in found if part.id not in stated]


def stated(vote: OwnersVote) -> list[Stated]:
    """What the cover of the posted roll says of them; one query."""
    by_reason: dict[str, list[str]] = {}
    for row in read(_ON_ROLL, {"vote": vote.id}):
        by_reason.setdefault(row.reason, []).append(row.label)
    return [Stated(reason, labels) for reason, labels in by_reason.items()]


_STATED = sa.select(UnknownOwner.unit_id).where(UnknownOwner.vote_id == sa.bindparam("vote"))
_ON_ROLL = (
    sa.select(RollUnit.label, UnknownOwner.reason)
    .join(Voter, Voter.id == RollUnit.voter_id)
    .join(
        UnknownOwner,
        sa.and_(UnknownOwner.vote_id == RollUnit.vote_id, UnknownOwner.unit_id == RollUnit.unit_id),
    )
    .where(RollUnit.vote_id == sa.bindparam("vote"), Voter.kind == VoterKind.UNKNOWN)
    .order_by(Voter.number, RollUnit.id)
)
