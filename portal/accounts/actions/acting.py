"""Acting: staff do something for a person who asked for it. Everything then carries both names."""

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import record
from ..events import ActingEnded, ActingStarted
from ..models import Acting, User, Way
from ..policy import Can


@action(Can.ACT_FOR)
def start_acting(actor: Actor, user: User, *, way: Way, reason: str) -> Acting:
    """`reason`: what he asked for, in a few words. What the actor left open before is ended."""
    _close(actor, Acting.staff_id == actor.id)
    acting = Acting(
        place_path=user.place_path,
        staff_id=actor.id,
        user_id=user.id,
        way=way,
        reason=reason,
        started_at=actor.now,
    )
    store(acting)
    record(actor, acting, ActingStarted(user.id, way))
    return acting


@action(Can.END_ACTING)
def end_acting(actor: Actor, acting: Acting) -> Acting:
    """Done. Saying it twice does no harm."""
    if acting.ended_at is None:
        acting.ended_at = actor.now
        record(actor, acting, ActingEnded(acting.user_id))
    return acting


def _close(actor: Actor, which: sa.ColumnElement[bool]) -> None:
    for left in db.session.scalars(sa.select(Acting).where(which, Acting.ended_at.is_(None))):
        left.ended_at = actor.now
        record(actor, left, ActingEnded(left.user_id))
