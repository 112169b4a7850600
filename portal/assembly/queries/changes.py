"""Units that changed hands while people voted, as they were entered."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core.db import read
from ...core.files import FileLine, files_column
from ...core.nested import unpack
from ..models.rolls import RollChange, RollUnit, Voter

_taker = sa.orm.aliased(Voter)


class ChangeLine(NamedTuple):
    """One of them. `version`, `new_number`: of the roll and of the new paper; none where the ballot of the former
    owner stands. `files`: its proofs, unpacked by `proofs`."""

    id: int
    label: str
    building: str
    former: str
    owners: str
    number: int
    new_number: int | None
    version: int | None
    reason: str
    at: datetime
    by: str
    files: Any

    @property
    def proofs(self) -> list[FileLine]:
        return unpack(FileLine, self.files)


_CHANGES = (
    sa.select(
        RollChange.id,
        RollUnit.label,
        RollUnit.building,
        RollChange.former,
        RollChange.owners,
        Voter.number,
        _taker.number.label("new_number"),
        RollChange.version,
        RollChange.reason,
        RollChange.at,
        shown(User).label("by"),
        files_column(RollChange).label("files"),
    )
    .join(RollUnit, sa.and_(RollUnit.unit_id == RollChange.unit_id, RollUnit.vote_id == RollChange.vote_id))
    .join(Voter, Voter.id == RollChange.voter_id)
    .outerjoin(_taker, _taker.id == RollChange.new_voter_id)
    .join(User, User.id == RollChange.by_id)
    .where(RollChange.vote_id == sa.bindparam("vote"))
    .order_by(RollChange.id.desc())
)


def changes_of(vote_id: int) -> list[ChangeLine]:
    """The latest first; one query."""
    return [ChangeLine(*row) for row in read(_CHANGES, {"vote": vote_id})]
