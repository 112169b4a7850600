"""The register as it is: what a new file is compared with, in three queries whatever the size."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from ..core.access import under
from ..core.db import db, in_parts
from ..core.eventlog import Entry
from . import events
from .models import Grid, Owner, OwnerSet, Place, PlaceKind, Unit
from .naming import UnitName
from .roster.units import Delivery, Use

CHANGES = (
    events.RosterTaken,
    events.UnitCorrected,
    events.OwnersChanged,
    events.UnitRetired,
    events.UnitRestored,
    events.UnitsAssigned,
)
"""What makes a preview out of date."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A unit as the register has it. `area` in 0.01 m²; `owners_key` is "" for nobody."""

    id: int
    label: str
    estate_id: int
    use: Use
    area: int | None
    area_source: str
    delivery: Delivery
    floor: str
    note: str
    grid: str
    owner_set_id: int | None
    owners_key: str
    gone_on: date | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A place above the units."""

    id: int
    path: str
    order: str


@dataclass(frozen=True)
class Register:
    """`branches` by the names from the estate down: (estate,), (estate, building), (estate, building, entrance)."""

    branches: dict[tuple[str, ...], Branch]
    units: dict[UnitName, Registered]


_BRANCHES = sa.select(
    Place.id, Place.parent_id, Place.kind, Place.name, Place.place_path, Place.sort_key
).order_by(Place.id)
_UNITS = (
    sa.select(
        Place.parent_id,
        Place.name,
        Unit.id,
        Place.label,
        Unit.estate_id,
        Unit.use,
        Unit.exclusive_area,
        Unit.area_source,
        Unit.delivery,
        Unit.floor,
        Unit.note,
        sa.func.coalesce(Grid.name, ""),
        Unit.owner_set_id,
        sa.func.coalesce(OwnerSet.key, ""),
        Unit.gone_on,
    )
    .join(Place, Place.id == Unit.id)
    .outerjoin(Grid, Grid.id == Unit.grid_id)
    .outerjoin(OwnerSet, OwnerSet.id == Unit.owner_set_id)
)


def version(path: str) -> int:
    """The number of the last event that changed the register of a community; 0 if there was none."""
    names = [e.name for e in CHANGES]
    last = sa.select(sa.func.max(Entry.id)).where(under(Entry.place_path, path), Entry.name.in_(names))
    return db.session.scalar(last) or 0


def read(path: str) -> Register:
    """The register of a community."""
    levels: dict[int, UnitName] = {}
    branches: dict[tuple[str, ...], Branch] = {}
    above = _BRANCHES.where(under(Place.place_path, path), Place.kind != PlaceKind.UNIT)
    for id_, parent, kind, name, place_path, order in db.session.execute(above):
        if kind is PlaceKind.COMMUNITY:
            continue
        level = levels.get(parent or 0, UnitName("", "", "", ""))._replace(**{kind.value: name})
        levels[id_] = level
        branches[branch_of(level)] = Branch(id_, place_path, order)
    rows = db.session.execute(_UNITS.where(under(Unit.place_path, path)))
    units = {
        levels[parent]._replace(unit=name): Registered(*rest)
        for parent, name, *rest in rows
        if parent in levels
    }
    return Register(branches, units)


def branch_of(name: UnitName) -> tuple[str, ...]:
    """The names of the place that holds a unit, without the levels left out at its end."""
    levels = [name.estate, name.building, name.entrance]
    while len(levels) > 1 and not levels[-1]:
        levels.pop()
    return tuple(levels)


def owner_names(sets: Iterable[int]) -> dict[int, str]:
    """Names on each of the titles, joined by 、."""
    names: dict[int, list[str]] = {}
    for some in in_parts(sorted(set(sets))):
        chosen = sa.select(Owner.owner_set_id, Owner.name).where(Owner.owner_set_id.in_(some))
        for owner_set, name in db.session.execute(chosen.order_by(Owner.id)):
            names.setdefault(owner_set, []).append(name)
    return {owner_set: "、".join(n) for owner_set, n in names.items()}
