"""People: found by phone or name, listed for the desk, shown one by one."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...core import clock
from ...core.db import db
from ...core.eventlog import Entry
from ...core.listing import Column, Filter, Listing, Sort
from ...core.nested import nested
from ...core.terms import in_term
from ...core.text import N_, _, choices
from ...places.models import Owner, Place
from ..events import MembershipLapsed
from ..models import Acting, Grant, Membership, Relation, Role, User
from ..words import RELATIONS, ROLES


def by_identifier(name: str) -> User | None:
    """The open account with this phone or sign-in name (as `names.identifier` gives it)."""
    column = User.phone if name.isdigit() else User.sign_in_name
    return db.session.scalar(sa.select(User).where(column == name, User.closed_at.is_(None)))


_homes = (
    sa.select(Place.label, Membership.relation, Membership.unit_id)
    .join(Place, Place.id == Membership.unit_id)
    .where(Membership.user_id == User.id, in_term(Membership))
    .order_by(Membership.id)
)
_posts = (
    sa.select(Grant.role, Place.name)
    .join(Place, Place.place_path == Grant.place_path)
    .where(Grant.user_id == User.id, in_term(Grant))
    .order_by(Grant.id)
)
_door = (
    sa.select(Place.label)
    .join(Membership, Membership.unit_id == Place.id)
    .where(Membership.user_id == User.id, in_term(Membership))
    .order_by(Membership.id)
    .limit(1)
    .correlate(User)
    .scalar_subquery()
)


def homes_said(row: Any) -> str:
    return "；".join(f"{label}（{_(RELATIONS[Relation(relation)])}）" for label, relation, _unit in row.homes)


def posts_said(row: Any) -> str:
    return "；".join(f"{place} {_(ROLES[Role(role)])}" for role, place in row.posts)


def _holding(role: str) -> sa.ColumnElement[bool]:
    held = sa.select(Grant.user_id).where(Grant.role == role, in_term(Grant))
    return User.id.in_(held)


def _living(relation: str) -> sa.ColumnElement[bool]:
    living = sa.select(Membership.user_id).where(Membership.relation == relation, in_term(Membership))
    return User.id.in_(living)


def _state(state: str) -> sa.ColumnElement[bool]:
    states: dict[str, sa.ColumnElement[bool]] = {
        "locked": sa.and_(User.locked_until.is_not(None), User.locked_until > clock.now()),
        "desk": User.password_hash.is_(None),
        "never": User.signed_in_at.is_(None),
    }
    return states[state]


STATES = {"locked": N_("锁住了"), "desk": N_("没有密码（窗口代办）"), "never": N_("从没登录过")}

PEOPLE = Listing(
    model=User,
    select=sa.select(
        User.id,
        User.name,
        User.nickname,
        User.phone,
        User.created_at,
        User.signed_in_at,
        User.locked_until,
        User.password_hash.is_not(None).label("has_password"),
        nested(_homes, of=User).label("homes"),
        nested(_posts, of=User).label("posts"),
    ).where(User.closed_at.is_(None)),
    sorts=(
        Sort("new", N_("最近登记的"), User.created_at),
        Sort("name", N_("按姓名"), User.name, descending=False),
    ),
    columns=(
        Column(N_("姓名"), lambda row: row.name),
        Column(N_("昵称"), lambda row: row.nickname),
        Column(N_("手机号"), lambda row: row.phone),
        Column(N_("住处"), homes_said),
        Column(N_("职务"), posts_said),
        Column(N_("登记"), lambda row: clock.local(row.created_at).strftime("%Y-%m-%d")),
        Column(N_("最近登录"), lambda row: row.signed_in_at),
    ),
    filters=(
        Filter("role", N_("职务"), lambda actor: choices(ROLES), _holding),
        Filter("relation", N_("身份"), lambda actor: choices(RELATIONS), _living),
        Filter("state", N_("账号"), lambda actor: choices(STATES), _state),
    ),
    search=(User.name, User.nickname, User.phone, User.sign_in_name, sa.func.coalesce(_door, "")),
)
"""The people of the actor's community, for the desk."""


_lapsed = sa.exists().where(
    Entry.subject == sa.literal("membership:") + sa.cast(Membership.id, sa.String),
    Entry.name == MembershipLapsed.name,
)


def memberships(user_id: int) -> list[Any]:
    """All units a person belongs or belonged to, the latest first; `lapsed`: it ended because the title changed."""
    return list(
        db.session.execute(
            sa.select(
                Membership.id,
                Membership.unit_id,
                Place.label,
                Membership.relation,
                Membership.starts,
                Membership.ends,
                Membership.owner_id,
                Membership.user_id,
                Membership.place_path,
                Membership.doubted,
                Membership.issued_by_id,
                Owner.name.label("owner_name"),
                Owner.phone.label("owner_phone"),
                sa.and_(Membership.ends.is_not(None), _lapsed).label("lapsed"),
            )
            .join(Place, Place.id == Membership.unit_id)
            .outerjoin(Owner, Owner.id == Membership.owner_id)
            .where(Membership.user_id == user_id)
            .order_by(Membership.starts.desc(), Membership.id.desc())
        )
    )


def actings(user_id: int, limit: int = 20) -> list[Any]:
    """Who acted for a person lately, why, and until when."""
    staff = aliased(User)
    return list(
        db.session.execute(
            sa.select(
                Acting.way, Acting.reason, Acting.started_at, Acting.ended_at, staff.name.label("by_name")
            )
            .join(staff, staff.id == Acting.by_id)
            .where(Acting.user_id == user_id)
            .order_by(Acting.id.desc())
            .limit(limit)
        )
    )


def open_acting(by_id: int, user_id: int) -> Acting | None:
    """The acting of these two that has not ended."""
    return db.session.scalar(
        sa.select(Acting)
        .where(Acting.by_id == by_id, Acting.user_id == user_id, Acting.ended_at.is_(None))
        .order_by(Acting.id.desc())
        .limit(1)
    )
