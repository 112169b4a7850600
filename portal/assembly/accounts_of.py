"""Accounts by phone number, for people who are named in an owners' vote."""

import sqlalchemy as sa

from ..accounts.models import Grant, Role, User
from ..accounts.names import phone as read_phone
from ..core.access import containing, under
from ..core.db import db
from ..core.terms import in_term


def account(place_path: str, phone: str) -> int | None:
    """The number of the open account with this phone in the community of a place; None without a phone or account.

    Raises Invalid (`phone`) for what is no phone number.
    """
    number = read_phone(phone)
    if number is None:
        return None
    community = containing(place_path)[0]
    found = sa.select(User.id).where(
        User.phone == number, User.place_path == community, User.closed_at.is_(None)
    )
    return db.session.scalar(found)


def manages_property(user_id: int, place_path: str) -> bool:
    """Whether somebody works for the property company at or around a place today."""
    community = containing(place_path)[0]
    post = sa.select(Grant.id).where(
        Grant.user_id == user_id,
        Grant.role == Role.PROPERTY_MANAGER,
        under(Grant.place_path, community),
        in_term(Grant),
    )
    return db.session.scalar(post.limit(1)) is not None
