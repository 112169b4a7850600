"""Accounts by phone number, for people who are named in an owners' vote."""

from typing import NamedTuple

import sqlalchemy as sa

from ..accounts.models import Grant, Role, User
from ..accounts.names import phone as read_phone
from ..core.access import containing, under
from ..core.db import db
from ..core.terms import in_term


def number_of(phone: str) -> str:
    """A phone number as it is kept, "" for none. Raises Invalid (`phone`) for what is no phone number."""
    return read_phone(phone) or ""


def account(place_path: str, phone: str) -> int | None:
    """The number of the open account with this phone in the community of a place; None without a phone or account.

    Raises Invalid (`phone`) for what is no phone number.
    """
    number = number_of(phone)
    if not number:
        return None
    community = containing(place_path)[0]
    found = sa.select(User.id).where(
        User.phone == number, User.place_path == community, User.closed_at.is_(None)
    )
    return db.session.scalar(found)


class PropertyPerson(NamedTuple):
    """Somebody who works for the property company today."""

    id: int
    name: str
    phone: str


def property_people(place_path: str) -> list[PropertyPerson]:
    """All who work for the property company at or around a place today; one query."""
    community = containing(place_path)[0]
    post = sa.exists().where(
        Grant.user_id == User.id,
        Grant.role == Role.PROPERTY_MANAGER,
        under(Grant.place_path, community),
        in_term(Grant),
    )
    found = sa.select(User.id, User.name, User.phone).where(post).order_by(User.id)
    return [PropertyPerson(id_, name, phone or "") for id_, name, phone in db.session.execute(found)]
