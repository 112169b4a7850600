"""Acting: staff (or family, see `relatives`) do something for a person who asked for it. Everything then carries both
names."""

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
    leave_open(actor, by=actor.id)
    acting = Acting(
        place_path=user.place_path,
        by_id=actor.id,
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


def leave_open(actor: Actor, *, by: int | None, **only: object) -> None:
    """End what somebody left open before (`only` of these columns), inside the action that begins something new or
    takes the right away."""
    open_ones = sa.select(Acting).where(Acting.by_id == by, Acting.ended_at.is_(None))
    for left in db.session.scalars(open_ones.filter_by(**only)):
        left.ended_at = actor.now
        record(actor, left, ActingEnded(left.user_id))
