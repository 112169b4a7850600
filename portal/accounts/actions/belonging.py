"""Who belongs to which unit, from when until when."""

from datetime import date

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotVisible
from ...core.eventlog import record
from ...core.terms import in_term
from ...core.text import N_, _
from ...places.models import Owner, OwnerKind, Unit
from ...places.roster.owners import same_name
from .. import names
from ..events import MembershipEnded, OwnerConfirmed, UnitClaimed
from ..models import Membership, Relation, User
from ..policy import Can


def belong(
    actor: Actor,
    user: User,
    unit: Unit,
    relation: Relation,
    owner: Owner | None,
    issued_by_id: int | None,
) -> Membership:
    """The person belongs to the unit from today; part of an action. `issued_by_id`: of staff, who gave him the card
    or registers him. Whose name or phone is not that of the entry is doubted, and keeps nobody else out.

    Raises NotVisible for a unit of another community, Conflict if it is no separate part any more, if he belongs
    there already, or if somebody else was recognised as that owner.
    """
    if not unit.place_path.startswith(user.place_path):
        raise NotVisible()
    lock(unit)
    if unit.gone_on is not None:
        raise Conflict(_("这套房屋的登记已经注销了，请找社区。"))
    present = _present(actor, unit)
    if owner is not None and _taken(owner.id, user.id, present):
        raise Conflict(_(TAKEN))
    own = next((m for m in present if m.user_id == user.id), None)
    owner_id = owner.id if owner else None
    if own is not None and own.relation is relation and own.owner_id == owner_id:
        raise Conflict(_("您已经是这里的住户了，不用再认领。"))
    if own is not None and own.starts != actor.today:
        own.ends = actor.today
    membership = _from_today(actor, user, unit)
    membership.relation, membership.owner_id, membership.ends = relation, owner_id, None
    agree = owner is None or _agree(owner, user)
    membership.doubted, membership.issued_by_id, membership.confirmed_by_id = not agree, issued_by_id, None
    store(membership)
    record(actor, unit, UnitClaimed(user.id, relation, owner_id, agree))
    return membership


TAKEN = N_("这位业主已经有人认领了。如果不是您本人或家里人，请马上打电话给社区。")


def _taken(owner_id: int, user_id: int, present: list[Membership]) -> bool:
    return any(m.owner_id == owner_id and m.user_id != user_id and not m.doubted for m in present)


def _agree(owner: Owner, user: User) -> bool:
    """Whether the register's entry is this person by its name, and by its phone where it has one. Whom an organisation
    sends is seen from no register. An account without a phone is one that nobody signs in to but staff for him."""
    if owner.kind is not OwnerKind.PERSON or same_name(owner.name) != same_name(user.name):
        return False
    registered = names.identifier(owner.phone)
    return not registered or user.phone is None or registered == user.phone


@action(Can.CONFIRM_OWNER)
def confirm_owner(actor: Actor, membership: Membership) -> None:
    """A second person saw that he is this owner, or is sent by it: he stands on the rolls that still wait for votes.
    Raises Conflict if somebody else was recognised as that owner meanwhile, or he has moved out."""
    unit = lock(db.session.get_one(Unit, membership.unit_id))
    if membership.ends is not None or membership.owner_id is None:
        raise Conflict(_("他已经不是这里的业主了。"))
    if _taken(membership.owner_id, membership.user_id, _present(actor, unit)):
        raise Conflict(_(TAKEN))
    membership.doubted, membership.confirmed_by_id = False, actor.id
    record(actor, unit, OwnerConfirmed(membership.user_id, membership.owner_id))


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
