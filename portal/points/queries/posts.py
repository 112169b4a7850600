"""Whose work it is: staff on duty get no thanks in points or money for doing it."""

import sqlalchemy as sa

from ...accounts.models import STAFF, Grant, Role
from ...core.db import db
from ...core.terms import in_term

ON_DUTY = (*STAFF, Role.AUDITOR, Role.PROPERTY_MANAGER)


def on_duty(user_id: int, place_path: str) -> bool:
    """Whether somebody holds such a post in the community."""
    posts = sa.select(Grant.id).where(
        Grant.user_id == user_id,
        Grant.role.in_(ON_DUTY),
        Grant.place_path.startswith(place_path),
        in_term(Grant),
    )
    return db.session.scalar(posts.limit(1)) is not None
