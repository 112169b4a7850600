"""The record of a person: the lines of his book, his years, what he was trained in."""

from typing import Any

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core.db import db
from ..models.book import HoursEntry
from ..models.shifts import Service, Shift, SignUp
from ..words import Kind, SignUpState


def book_of(user_id: int, most: int = 200) -> list[Any]:
    """The lines of a person's book, latest first, each with its source."""
    found = (
        sa.select(*HoursEntry.__table__.c, Service.title, shown(User).label("by_name"))
        .join(Service, Service.id == HoursEntry.service_id)
        .join(User, User.id == HoursEntry.by_id)
        .where(HoursEntry.user_id == user_id)
        .order_by(HoursEntry.day.desc(), HoursEntry.id.desc())
        .limit(most)
    )
    return list(db.session.execute(found))


def trainings_of(user_id: int) -> list[Any]:
    """What a person was trained in, latest first; none of it is service."""
    found = (
        sa.select(Service.id, Service.title, Shift.starts_at, SignUp.minutes)
        .join(Service, Service.id == SignUp.service_id)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(
            SignUp.user_id == user_id,
            SignUp.state == SignUpState.CONFIRMED,
            Service.kind == Kind.TRAINING,
        )
        .order_by(Shift.starts_at.desc(), SignUp.id)
        .limit(50)
    )
    return list(db.session.execute(found))


def by_year(user_id: int) -> list[tuple[int, int]]:
    """Minutes of each year, latest first; all of them, for ever."""
    year = sa.extract("year", HoursEntry.day)
    found = (
        sa.select(year, sa.func.sum(HoursEntry.minutes))
        .where(HoursEntry.user_id == user_id)
        .group_by(year)
        .order_by(year.desc())
    )
    return [(int(y), int(n)) for y, n in db.session.execute(found)]
