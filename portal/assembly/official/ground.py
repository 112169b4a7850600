"""What the roll and the box say of an official result; a few queries whatever its size."""

import sqlalchemy as sa

from ...core.db import db, read
from .. import elections
from ..models.box import OfficialImport, OwnerBallot
from ..models.rolls import RollUnit
from ..models.votes import OwnersVote
from .checking import Ground


def ground_of(vote: OwnersVote) -> Ground:
    """A unit is named by its number on the roll (`7`, `u7`), or by a door plate that only it has; the roll
    by its version or its digest."""
    units: dict[str, int] = {}
    doubtful: set[str] = set()
    found = sa.select(RollUnit.unit_id, RollUnit.label, RollUnit.voter_id).where(RollUnit.vote_id == vote.id)
    rows = read(found)
    for row in rows:
        if row.label.lower() in units:
            doubtful.add(row.label.lower())
        units[row.label.lower()] = row.voter_id
    units = {name: voter for name, voter in units.items() if name not in doubtful}
    for row in rows:
        units[str(row.unit_id)] = units[f"u{row.unit_id}"] = row.voter_id
    answered = sa.select(OwnerBallot.voter_id).where(OwnerBallot.vote_id == vote.id).distinct()
    return Ground(
        versions={str(vote.roll_version), f"v{vote.roll_version}", vote.roll_hash},
        matters=elections.asked(vote.id),
        opens_at=vote.opens_at,
        closes_at=vote.closes_at,
        units=units,
        answered=frozenset(row.voter_id for row in read(answered)),
    )


def imports_of(vote: OwnersVote) -> list[OfficialImport]:
    """Files that were taken, oldest first."""
    found = sa.select(OfficialImport).where(OfficialImport.vote_id == vote.id).order_by(OfficialImport.id)
    return list(db.session.scalars(found))
