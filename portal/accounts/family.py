"""Who belongs together: people of one home, and family that acts for one another."""

from typing import Any

import sqlalchemy as sa

from ..core.db import db
from ..core.terms import in_term
from .models import Membership, Relative, User


def pairs(of: int | None = None, *more: tuple[Any, Any]) -> sa.CompoundSelect[Any]:
    """Two people each (`one`, `other`), both ways; `of`: of one person only; `more`: columns of further ties."""

    def side(one: Any, other: Any, *joined: Any) -> sa.Select[Any]:
        found = sa.select(one.label("one"), other.label("other")).where(*joined)
        return found if of is None else found.where(one == of)

    home, too = Membership, sa.orm.aliased(Membership)
    together = (home.unit_id == too.unit_id, home.user_id != too.user_id, in_term(home), in_term(too))
    ties = ((Relative.user_id, Relative.relative_id), *more)
    both = [side(*way) for one, other in ties for way in ((one, other), (other, one))]
    return sa.union(*both, side(home.user_id, too.user_id, *together))


def family(user_id: int) -> list[tuple[int, str]]:
    """The open accounts that belong together with a person, with their names."""
    others = pairs(user_id).subquery()
    found = sa.select(User.id, User.name).where(
        User.id.in_(sa.select(others.c.other)), User.closed_at.is_(None)
    )
    return [(row.id, row.name) for row in db.session.execute(found.order_by(User.id))]
