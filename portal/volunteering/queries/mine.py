"""One person's sign-ups: the one for a shift, the one he is checked in at, whether he was elsewhere meanwhile."""

from datetime import date, timedelta

import sqlalchemy as sa

from ...core.db import db
from ..models.book import HoursEntry
from ..models.shifts import Shift, SignUp
from ..rules import Span
from ..words import HOLDING, SignUpState


def holding(shift_id: int, user_id: int | None) -> SignUp | None:
    """A person's sign-up for a shift, unless he withdrew."""
    found = sa.select(SignUp).where(
        SignUp.shift_id == shift_id, SignUp.user_id == user_id, SignUp.state.in_(HOLDING)
    )
    return db.session.scalar(found)


def refused(shift_id: int, user_id: int) -> bool:
    """Whether he was put on the list of a shift by others and said that he was not there."""
    found = sa.select(SignUp.id).where(
        SignUp.shift_id == shift_id,
        SignUp.user_id == user_id,
        SignUp.added,
        SignUp.state == SignUpState.WITHDRAWN,
        SignUp.told_at.is_not(None),
    )
    return db.session.scalar(found.limit(1)) is not None


def checked_in(user_id: int, but: int) -> SignUp | None:
    """Where a person is checked in and has not left, apart from one sign-up."""
    found = sa.select(SignUp).where(
        SignUp.user_id == user_id,
        SignUp.state == SignUpState.COMING,
        SignUp.arrived_at.is_not(None),
        SignUp.left_at.is_(None),
        SignUp.id != but,
    )
    return db.session.scalar(found.limit(1))


def elsewhere(user_id: int, came: Span, but: int) -> bool:
    """Whether a person was at another shift in some moment of the hours, which are over. Who has not checked out is
    there until now."""
    found = sa.select(SignUp.id).where(
        SignUp.user_id == user_id,
        SignUp.state.in_((SignUpState.COMING, SignUpState.CONFIRMED)),
        SignUp.id != but,
        SignUp.arrived_at < came.ends,
        sa.or_(SignUp.left_at.is_(None), SignUp.left_at > came.starts),
    )
    return db.session.scalar(found.limit(1)) is not None


def served(user_id: int, near: date, but: int) -> list[Span]:
    """When a person served by his book around a day, apart from one sign-up: each as long as its lines come to."""
    total = sa.func.sum(HoursEntry.minutes)
    found = (
        sa.select(SignUp.arrived_at, Shift.starts_at, total)
        .join(SignUp, SignUp.id == HoursEntry.sign_up_id)
        .join(Shift, Shift.id == SignUp.shift_id)
        .where(
            HoursEntry.user_id == user_id,
            HoursEntry.sign_up_id != but,
            HoursEntry.day.between(near - timedelta(days=2), near + timedelta(days=2)),
        )
        .group_by(HoursEntry.sign_up_id, SignUp.arrived_at, Shift.starts_at)
        .having(total > 0)
    )
    begun = [
        (max(came or at, at), timedelta(minutes=int(long))) for came, at, long in db.session.execute(found)
    ]
    return [Span(at, at + long) for at, long in begun]
