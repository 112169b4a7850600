"""The tree of places: a place, what it is part of, what it is made of."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.access import containing
from ...core.actor import Actor
from ...core.atoms import SIGN_IN
from ...core.db import db
from ...core.errors import NotAllowed
from ...core.text import _
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


class Around(NamedTuple):
    """`above`: (id, kind, name) of the places that contain it, from the community down, itself left out.
    `below`: estates, buildings or entrances directly in it, as people count them."""

    above: list[Any]
    below: list[Child]


def around(place: Place) -> Around:
    """What a place is part of and what it is made of; one query."""
    below = sa.and_(Place.parent_id == place.id, Place.kind != PlaceKind.UNIT)
    inside = sa.and_(
        below,
        Unit.place_path >= Place.place_path,
        Unit.place_path
        < sa.func.substr(Place.place_path, 1, sa.func.length(Place.place_path) - 1).concat("0"),
        COUNTED,
    )
    rows = db.session.execute(
        sa.select(Place.id, Place.kind, Place.name, Place.parent_id, Unit.use, sa.func.count(Unit.id))
        .outerjoin(Unit, inside)
        .where(sa.or_(below, Place.place_path.in_(containing(place.place_path)[:-1])))
        .group_by(Place.id, Place.kind, Place.name, Place.parent_id, Place.sort_key, Unit.use)
        .order_by(Place.sort_key, Place.id)
    )
    found = Around([], [])
    for id_, kind, name, parent_id, use, count in rows:
        if parent_id != place.id:
            found.above.append((id_, kind, name))
            continue
        if not found.below or found.below[-1].id != id_:
            found.below.append(Child(id_, kind, name))
        if use is not None:
            found.below[-1].units[use] = count
    steps = place.place_path.split("/")
    found.above.sort(key=lambda one: steps.index(str(one[0])))
    return found


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
    needs one refuses him with its reason. Who is not signed in is sent to the door: he may hold one."""
    if actor.id is None:
        raise NotAllowed(_(SIGN_IN))
    return by_path(widest_post(actor, roles) or actor.community)
