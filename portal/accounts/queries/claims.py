"""What a claim page shows: the card in hand, its unit half hidden, the owners to choose from; units by door number."""

import re
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...core import access
from ...core.db import db
from ...core.leaves_text import masked
from ...core.terms import in_term
from ...places.models import Owner, Place, Unit
from ...places.queries.figures import COUNTED
from ..models import Code, CodePurpose, Membership, Relation
from ..naming import masked_door


def by_digest(digest: str, purpose: CodePurpose) -> Code | None:
    return db.session.scalar(sa.select(Code).where(Code.digest == digest, Code.purpose == purpose))


class ShownCard(NamedTuple):
    """A card as its bearer sees it before it is his."""

    estate: str
    door: str
    relation: Relation
    expires_at: datetime
    owners: list[tuple[int, str, bool]]
    """(id, masked name, whether somebody was recognised as that owner already)"""


def shown(code: Code) -> ShownCard:
    estate = aliased(Place)
    found = (
        sa.select(estate.name, Place.label, Unit.owner_set_id)
        .join(Unit, Unit.id == Place.id)
        .join(estate, estate.id == Unit.estate_id)
        .where(Place.id == code.unit_id)
    )
    name, label, owner_set = db.session.execute(found).one()
    assert code.relation is not None
    assert code.unit_id is not None
    owners = _owners(owner_set, code.unit_id) if code.relation is Relation.OWNER else []
    chosen = [o for o in owners if code.owner_id in (None, o[0])]
    return ShownCard(name, masked_door(label), code.relation, code.expires_at, chosen)


def _owners(owner_set: int | None, unit_id: int) -> list[tuple[int, str, bool]]:
    taken = sa.exists().where(
        Membership.owner_id == Owner.id,
        Membership.unit_id == unit_id,
        Membership.doubted.is_(False),
        in_term(Membership),
    )
    found = sa.select(Owner.id, Owner.name, taken).where(Owner.owner_set_id == owner_set).order_by(Owner.id)
    return [(id, masked(name), is_taken) for id, name, is_taken in db.session.execute(found)]


def is_doubted(user_id: int) -> bool:
    """Whether somebody took an entry of the register that does not bear his name or phone."""
    found = sa.select(Membership.id).where(Membership.user_id == user_id, Membership.doubted.is_(True))
    return db.session.scalar(found.limit(1)) is not None


def owner_named(unit: Unit, name: str) -> tuple[Owner | None, int]:
    """The owner of a unit with exactly this name, and how many owners the register has for it."""
    named = db.session.scalars(sa.select(Owner).where(Owner.owner_set_id == unit.owner_set_id)).all()
    return next((o for o in named if o.name.strip() == name), None), len(named)


def find_units(path: str, typed: str, limit: int = 20) -> list[Any]:
    """Units under `path` for a door number as people type it: 12-1-101, 12号楼 101, 宝枫 101; nothing for nothing."""
    numbers = re.findall(r"\d+", typed)
    words = [w for w in re.findall(r"[^\W\d_]+", typed) if w not in ("号楼", "栋", "幢", "单元", "室", "号")]
    if not numbers and not words:
        return []
    estate = aliased(Place)
    whole = estate.name + " " + Place.label
    found = (
        sa.select(Unit.id, estate.name.label("estate"), Place.label)
        .join(Place, Place.id == Unit.id)
        .join(estate, estate.id == Unit.estate_id)
        .where(COUNTED, access.under(Unit.place_path, path), Place.label.like("%" + "%".join(numbers) + "%"))
        .where(*(whole.contains(w, autoescape=True) for w in words[:4]))
        .order_by(sa.func.length(Place.label), estate.sort_key, Place.sort_key, Unit.id)
        .limit(limit)
    )
    return list(db.session.execute(found))
