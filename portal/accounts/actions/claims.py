"""Claims: the one-time code of a card makes its bearer belong to the unit."""

from dataclasses import replace

import sqlalchemy as sa

from ...core import access
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Owner, Unit
from .. import identity
from ..events import UserRegistered
from ..models import Code, CodePurpose, Membership, Relation, User
from ..policy import Can
from .belonging import belong
from .people import new_account


@action(Can.CLAIM)
def claim_unit(actor: Actor, code: Code, *, owner_id: int | None = None) -> Membership:
    """The signed-in person belongs to the unit of the card. An owner says which owner of the register he is.

    Raises Conflict if the card is used, void or late, Invalid if he is none of the owners.
    """
    user = db.session.get_one(User, actor.id, populate_existing=True)
    return _use(actor, code, user, owner_id)


@action(Can.JOIN)
def join_by_card(
    actor: Actor, code: Code, *, name: str, phone: str, password_hash: str, owner_id: int | None = None
) -> User:
    """A new account and its unit at once, for a bearer of a card who has none.

    Raises as `claim_unit`, and Invalid if the phone has an account.
    """
    _fit(code, actor)
    community = access.containing(code.place_path)[0]
    user = new_account(community, actor, name=name, phone=phone, password_hash=password_hash)
    own = replace(identity.himself(user), now=actor.now)
    record(own, user, UserRegistered(at_desk=False))
    _use(own, code, user, owner_id)
    return user


def _fit(code: Code, actor: Actor) -> Relation:
    """What the card gives. Raises Conflict if it gives nothing (any more)."""
    if code.purpose is not CodePurpose.CLAIM or code.unit_id is None or code.relation is None:
        raise Conflict(_("这不是认领房屋的卡。"))
    if not code.usable(actor.now):
        raise Conflict(refusal_of(code))
    return code.relation


def refusal_of(code: Code) -> str:
    """Why a card is no good (any more), and what to do."""
    if code.used_at is not None:
        return _("这张卡已经用过了，一张卡只能用一次。家里别人也要认领，请社区再给一张。")
    if code.voided_at is not None:
        return _("这张卡已经换成新卡了，请用最近收到的那一张。")
    return _("这张卡过期了。请打电话或到窗口，请社区再给一张。")


def _use(actor: Actor, code: Code, user: User, owner_id: int | None) -> Membership:
    relation = _fit(code, actor)
    unit = lock(db.session.get_one(Unit, code.unit_id))
    owner = _owner(unit, code.owner_id or owner_id) if relation is Relation.OWNER else None
    membership = belong(actor, user, unit, relation, owner, code.issued_by_id)
    code.used_at = actor.now
    return membership


def _owner(unit: Unit, owner_id: int | None) -> Owner | None:
    """The chosen owner among those of the unit; None if the register names nobody."""
    named = list(db.session.scalars(sa.select(Owner).where(Owner.owner_set_id == unit.owner_set_id)))
    if not named:
        return None
    chosen = next((o for o in named if o.id == owner_id), None)
    if chosen is None:
        raise Invalid(_("请选您是哪一位业主。都不是的话，请打电话给社区。"), "owner")
    return chosen
