"""The tree of places: a place, what it is part of, what it is made of."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ...core.access import containing
from ...core.actor import Actor
from ...core.db import db
from ..models import Place, PlaceKind, Unit, Use
from .figures import COUNTED


@dataclass(frozen=True)
class Child:
    """A place directly below, with the units in it by use."""

    id: int
    kind: PlaceKind
    name: str
    units: dict[Use, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.units.values())


def above(place: Place) -> list[Any]:
    """(id, kind, name) of the places that contain it, from the community down, itself left out; one query."""
    paths = containing(place.place_path)[:-1]
    chosen = sa.select(Place.id, Place.kind, Place.name).where(Place.place_path.in_(paths))
    return list(db.session.execute(chosen.order_by(sa.func.length(Place.place_path)))) if paths else []


def children(place: Place) -> list[Child]:
    """Estates, buildings or entrances directly below, as people count them; one query."""
    inside = sa.and_(
        Unit.place_path >= Place.place_path,
        Unit.place_path
        < sa.func.substr(Place.place_path, 1, sa.func.length(Place.place_path) - 1).concat("0"),
        COUNTED,
    )
    rows = db.session.execute(
        sa.select(Place.id, Place.kind, Place.name, Unit.use, sa.func.count(Unit.id))
        .outerjoin(Unit, inside)
        .where(Place.parent_id == place.id, Place.kind != PlaceKind.UNIT)
        .group_by(Place.id, Place.kind, Place.name, Place.sort_key, Unit.use)
        .order_by(Place.sort_key, Place.id)
    )
    found: dict[int, Child] = {}
    for id_, kind, name, use, count in rows:
        child = found.setdefault(id_, Child(id_, kind, name))
        if use is not None:
            child.units[use] = count
    return list(found.values())


def communities() -> list[Any]:
    """(id, name) of all communities of this portal, for a visitor who has not chosen one."""
    chosen = sa.select(Place.id, Place.name).where(Place.kind == PlaceKind.COMMUNITY)
    return list(db.session.execute(chosen.order_by(Place.id).limit(200)))


def by_path(path: str) -> Place | None:
    """The place of a path."""
    return db.session.scalar(sa.select(Place).where(Place.place_path == path))


def widest_post(actor: Actor, roles: Collection[str]) -> str | None:
    """Path of the widest place at which the actor holds one of the roles."""
    paths = [path for role, path in actor.grants if role in roles]
    return min(paths, key=lambda path: (path.count("/"), path), default=None)


def place_of_post(actor: Actor, roles: Collection[str]) -> Place | None:
    """The widest place at which the actor holds one of the roles; without a post his community, where a page that
    needs one refuses him with its reason."""
    return by_path(widest_post(actor, roles) or actor.community)
