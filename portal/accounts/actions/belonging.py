"""Who belongs to which unit, from when until when."""

from datetime import date

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.terms import in_term
from ...core.text import _
from ...places.models import Owner, OwnerKind, Unit
from ..events import MembershipEnded, UnitClaimed
from ..models import Membership, Relation, User
from ..policy import Can


def belong(actor: Actor, user: User, unit: Unit, relation: Relation, owner: Owner | None) -> Membership:
    """The person belongs to the unit from today; part of an action.

    Raises NotVisible for a unit of another community, Conflict if it is no separate part any more, if he belongs
    there already, or if somebody else was recognised as that owner.
    """
    if not unit.place_path.startswith(user.place_path):
        raise NotVisible()
    lock(unit)
    if unit.gone_on is not None:
        raise Conflict(_("这套房屋的登记已经注销了，请找社区。"))
    present = _present(actor, unit)
    if owner is not None and any(m.owner_id == owner.id and m.user_id != user.id for m in present):
        raise Conflict(_("这位业主已经有人认领了。如果不是您本人或家里人，请马上打电话给社区。"))
    own = next((m for m in present if m.user_id == user.id), None)
    owner_id = owner.id if owner else None
    if own is not None and own.relation is relation and own.owner_id == owner_id:
        raise Conflict(_("您已经是这里的住户了，不用再认领。"))
    if own is not None and own.starts != actor.today:
        own.ends = actor.today
    membership = _from_today(actor, user, unit)
    membership.relation, membership.owner_id, membership.ends = relation, owner_id, None
    store(membership)
    agree = owner is None or owner.kind is not OwnerKind.PERSON or owner.name.strip() == user.name
    record(actor, unit, UnitClaimed(user.id, relation, owner_id, agree))
    return membership


def _present(actor: Actor, unit: Unit) -> list[Membership]:
    present = sa.select(Membership).where(Membership.unit_id == unit.id, in_term(Membership, actor.today))
    return list(db.session.scalars(present))


def _from_today(actor: Actor, user: User, unit: Unit) -> Membership:
    """The membership that begins today: one that did so already is written over."""
    begun = sa.select(Membership).where(
        Membership.unit_id == unit.id, Membership.user_id == user.id, Membership.starts == actor.today
    )
    return db.session.scalar(begun) or Membership(
        user_id=user.id, unit_id=unit.id, place_path=unit.place_path, starts=actor.today
    )


@action(Can.END_MEMBERSHIP)
def move_out(actor: Actor, membership: Membership, *, on: date) -> Membership:
    """The person no longer belongs to the unit from that day on.

    Raises Conflict if that was said already, Invalid for a day before he came or to come.
    """
    if membership.ends is not None:
        raise Conflict(_("已经登记过搬离了。"))
    if on < membership.starts or on > actor.today:
        raise Invalid(_("搬离的日子在住进来以后、今天以前。"), "on")
    membership.ends = on
    record(actor, membership, MembershipEnded(unit_id=membership.unit_id, on=on))
    return membership
