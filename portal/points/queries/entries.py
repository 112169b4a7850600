"""What belongs to one entry: whose it is, what closed it, and the appeal against it."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core.db import db
from ..models.ledger import Entry
from ..models.thanks import Appeal


class Around(NamedTuple):
    """The person's name, the kind of what closed the entry and its number, and the appeal."""

    name: str
    closed_by: Any
    closing_id: int | None
    appeal: Appeal | None


def around(entry: Entry) -> Around:
    closing = sa.orm.aliased(Entry)
    wanted = (
        sa.select(shown(User), closing.kind, closing.id, Appeal)
        .select_from(Entry)
        .outerjoin(User, User.id == Entry.user_id)
        .outerjoin(closing, closing.closes_id == Entry.id)
        .outerjoin(Appeal, Appeal.entry_id == Entry.id)
        .where(Entry.id == entry.id)
    )
    return Around(*db.session.execute(wanted).one())
