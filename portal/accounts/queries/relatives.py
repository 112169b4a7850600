"""Family who act for each other: whom a person named, and for whom he may act."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...core import access, clock
from ...core.actor import Actor
from ...core.columns import LARGEST_ID
from ...core.db import read
from ...core.files import FileLine, files_column
from ...core.nested import nested, unpack
from ..models import Acting, Kinship, Relative, User


class RelativeLine(NamedTuple):
    """A bond as the page of either sees it. Shaped like the row that the rules ask about."""

    id: int
    place_path: str
    user_id: int
    relative_id: int
    kinship: Kinship
    named_at: datetime
    agreed_at: datetime | None
    ends: date
    ended_at: datetime | None
    person: str
    relative: str

    @property
    def holds(self) -> bool:
        return self.ended_at is None and self.ends > clock.today()

    @property
    def waits(self) -> bool:
        """The relative has not said yet whether he will."""
        return self.holds and self.agreed_at is None

    @property
    def works(self) -> bool:
        return self.holds and self.agreed_at is not None


_person, _relative = aliased(User), aliased(User)
_LINES = (
    sa.select(
        Relative.id,
        Relative.place_path,
        Relative.user_id,
        Relative.relative_id,
        Relative.kinship,
        Relative.named_at,
        Relative.agreed_at,
        Relative.ends,
        Relative.ended_at,
        _person.name.label("person"),
        _relative.name.label("relative"),
    )
    .join(_person, _person.id == Relative.user_id)
    .join(_relative, _relative.id == Relative.relative_id)
    .order_by(Relative.id.desc())
)
_ONE = _LINES.add_columns(files_column(Relative).label("files"))
_OF_ONE = _LINES.where(
    sa.or_(Relative.user_id == sa.bindparam("me"), Relative.relative_id == sa.bindparam("me"))
).limit(20)
ACTS_FOR = _LINES.where(
    Relative.relative_id == sa.bindparam("me"),
    Relative.agreed_at.is_not(None),
    Relative.ended_at.is_(None),
    Relative.ends > sa.bindparam("day", type_=sa.Date),
).limit(10)
"""For whom a person (`me`) may act as family on a `day`: rows of RelativeLine."""


class ActingLine(NamedTuple):
    """Somebody acted for a person."""

    way: str
    reason: str
    started_at: datetime
    ended_at: datetime | None
    by_name: str


_by = aliased(User)
_ACTINGS = (
    sa.select(Acting.way, Acting.reason, Acting.started_at, Acting.ended_at, _by.name.label("by_name"))
    .join(_by, _by.id == Acting.by_id)
    .where(Acting.user_id == User.id)
    .order_by(Acting.id.desc())
    .limit(20)
)
_BOTH_WAYS = _LINES.where(sa.or_(Relative.user_id == User.id, Relative.relative_id == User.id)).limit(20)
_BEHALF = sa.select(
    nested(_ACTINGS, of=User).label("actings"), nested(_BOTH_WAYS, of=User).label("family")
).where(User.id == sa.bindparam("me"))


def behalf_of(user_id: int) -> tuple[list[ActingLine], list[RelativeLine]]:
    """Who acted for a person lately, and the family bound to him either way; one query."""
    row = read(_BEHALF, {"me": user_id})[0]
    return unpack(ActingLine, row.actings), unpack(RelativeLine, row.family)


def relatives_of(user_id: int) -> list[RelativeLine]:
    """Both ways: who may act for a person and for whom he may, the latest first; one query."""
    return [RelativeLine(*row) for row in read(_OF_ONE, {"me": user_id})]


def bond(actor: Actor, relative_id: int) -> SimpleNamespace | None:
    """One bond for its page, with the signed paper; None if the reader may not see it. One query."""
    if relative_id > LARGEST_ID:
        return None
    rows = read(_ONE.where(Relative.id == relative_id, access.rows(actor, Relative)))
    if not rows:
        return None
    *line, files = rows[0]
    return SimpleNamespace(line=RelativeLine(*line), files=unpack(FileLine, files))
