"""The attempts to reach one voter, with their photographs."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from ...core.columns import LARGEST_ID
from ...core.db import db, read
from ...core.directory import directory
from ...core.errors import NotVisible
from ...core.files import FileLine, files_column
from ...core.nested import unpack
from ..models.reaching import Delivery
from ..models.rolls import Voter
from ..models.votes import Posting
from ..words import DeliveryWay


class Attempt(NamedTuple):
    """One attempt; `by`: who entered it; `posted_at`, `posted_where`: of the notice that hangs out instead."""

    id: int
    way: DeliveryWay
    warned: bool
    witness_one: str
    witness_two: str
    note: str
    at: datetime
    by: str
    posted_at: datetime | None
    posted_where: str | None
    photos: list[FileLine]


def attempts_on(voter_id: int) -> list[Attempt]:
    """Attempts to reach a voter, the last first; one query."""
    people = directory.people
    columns = [getattr(Delivery, name) for name in Attempt._fields[:7]]
    found = (
        sa.select(
            *columns,
            people.name.label("by"),
            Posting.at.label("posted_at"),
            Posting.where.label("posted_where"),
            files_column(Delivery).label("photos"),
        )
        .outerjoin(Posting, Posting.id == Delivery.posting_id)
        .outerjoin(people, people.id == Delivery.by_id)
        .where(Delivery.voter_id == voter_id)
        .order_by(Delivery.at.desc(), Delivery.id.desc())
    )
    return [Attempt._make((*tuple(row)[:-1], unpack(FileLine, row.photos))) for row in read(found)]


def made_to(voter: Voter, number: int) -> Delivery:
    """The attempt with this number on this voter. Raises NotVisible for any other."""
    found = db.session.get(Delivery, number) if number <= LARGEST_ID else None
    if found is None or found.voter_id != voter.id:
        raise NotVisible()
    return found
