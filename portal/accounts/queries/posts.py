"""Posts: who holds which, where and for which term."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...core import access
from ...core.actor import Actor
from ...core.db import db
from ...core.terms import in_term
from ...places.models import Place, PlaceKind
from ..models import PARTY, Grant, Role, User

PLACES = (PlaceKind.COMMUNITY, PlaceKind.ESTATE, PlaceKind.BUILDING)
"""Where a post can be held."""


def held(user_id: int, role: Role, path: str, starts: date, ends: date | None) -> bool:
    """Whether a person holds a role at exactly this place on some day of a term."""
    overlap = sa.and_(
        sa.or_(Grant.ends.is_(None), Grant.ends > starts), Grant.starts < ends if ends else sa.true()
    )
    same = (Grant.user_id == user_id, Grant.role == role, Grant.place_path == path)
    return db.session.scalar(sa.select(sa.exists().where(*same, overlap))) or False


def posts_of(user_id: int) -> list[Any]:
    """All posts of a person, present and past, the latest first, with who gave them."""
    giver = aliased(User)
    return list(
        db.session.execute(
            sa.select(
                Grant.id,
                Grant.user_id,
                Grant.role,
                Grant.title,
                Grant.starts,
                Grant.ends,
                Grant.place_path,
                Grant.ordinary,
                Place.name.label("place_name"),
                Place.label.label("place_label"),
                giver.name.label("giver_name"),
            )
            .join(Place, Place.place_path == Grant.place_path)
            .outerjoin(giver, giver.id == Grant.granted_by_id)
            .where(Grant.user_id == user_id)
            .order_by(Grant.starts.desc(), Grant.id.desc())
        )
    )


def places_to_give(actor: Actor, paths: list[str]) -> list[tuple[int, str]]:
    """Places at or under `paths` where a post can be held: id and words, in the order people count."""
    estate = aliased(Place)
    words = sa.case(
        (Place.kind.in_((PlaceKind.COMMUNITY, PlaceKind.ESTATE)), Place.name),
        else_=sa.func.coalesce(estate.name, "") + " " + Place.label,
    )
    inside = sa.or_(sa.false(), *(access.under(Place.place_path, p) for p in paths))
    ancestor = sa.and_(estate.kind == PlaceKind.ESTATE, Place.place_path.startswith(estate.place_path))
    found = (
        sa.select(Place.id, words)
        .outerjoin(estate, ancestor)
        .where(Place.kind.in_(PLACES), inside)
        .order_by(
            sa.func.coalesce(estate.sort_key, ""), Place.kind == PlaceKind.BUILDING, Place.sort_key, Place.id
        )
        .limit(1000)
    )
    return [(id, said) for id, said in db.session.execute(found)]


OPEN_ROLES = tuple(r for r in Role if r not in (Role.ADMINISTRATOR, Role.AUDITOR, Role.RIDER))
"""Posts that everybody may know the holder of."""


def holders_at(path: str) -> list[dict[str, Any]]:
    """Who holds an open post at exactly this place today, in the order of posts."""
    found = (
        sa.select(Grant.role, Grant.title, User.name)
        .join(User, User.id == Grant.user_id)
        .where(Grant.place_path == path, Grant.role.in_(OPEN_ROLES), in_term(Grant), User.closed_at.is_(None))
        .order_by(Grant.id)
        .limit(50)
    )
    rows = [dict(row._mapping, party=PARTY.get(row.role, "resident")) for row in db.session.execute(found)]
    return sorted(rows, key=lambda row: list(Role).index(row["role"]))
