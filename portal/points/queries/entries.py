"""What belongs to one entry: whose it is, what closed it, and the appeal against it."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core.db import db
from ...core.text import _
from ..models.ledger import Entry
from ..models.thanks import Appeal

MOST_WAITING = 5
"""Appeals of one person that wait for an answer at the same time."""


class Around(NamedTuple):
    """The person's name, the kind of what closed the entry and its number, the appeal, and how many appeals of this
    person wait for an answer."""

    name: str
    closed_by: Any
    closing_id: int | None
    appeal: Appeal | None
    waiting: int

    @property
    def too_many(self) -> str:
        """Why no further appeal is taken from this person now; empty if one is."""
        if self.waiting < MOST_WAITING:
            return ""
        return _("您有 %(n)d 条异议还在等答复，等答复了再提下一条。", n=MOST_WAITING)


def around(entry: Entry) -> Around:
    closing, other = sa.orm.aliased(Entry), sa.orm.aliased(Appeal)
    waiting = sa.select(sa.func.count()).where(other.user_id == entry.user_id, other.answered_at.is_(None))
    wanted = (
        sa.select(shown(User), closing.kind, closing.id, Appeal, waiting.scalar_subquery())
        .select_from(Entry)
        .outerjoin(User, User.id == Entry.user_id)
        .outerjoin(closing, closing.closes_id == Entry.id)
        .outerjoin(Appeal, Appeal.entry_id == Entry.id)
        .where(Entry.id == entry.id)
    )
    return Around(*db.session.execute(wanted).one())
