"""Writing a file's units into the register in bulk: ids first, then rows in batches, all in the caller's transaction.

Nothing is deleted and no place changes its id, so memberships, grants and whatever else hangs on a place stay.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ..core.db import db
from .changes import Change, Changes, Part
from .models import Grid, Place, PlaceKind, Unit
from .naming import UnitName, ordinal, plate, unit_order
from .ownersets import OwnerSets
from .ownership import key_of
from .register import Branch, Register, branch_of
from .reserve import reserve, write
from .roster.units import Roster, UnitRow

KINDS = {1: PlaceKind.ESTATE, 2: PlaceKind.BUILDING, 3: PlaceKind.ENTRANCE}


@dataclass
class Ground:
    """What units stand on and hang on: places above them, grids and owner sets, known or made for this file."""

    community: Place
    branches: dict[tuple[str, ...], Branch]
    grids: dict[str, int]
    sets: OwnerSets

    def estate(self, name: str) -> Branch:
        return self.branches[(name[:60],)]

    def owner_set(self, row: UnitRow) -> int | None:
        key = key_of(row)
        return self.sets.ids[self.estate(row.estate).path, key] if key else None


def prepare(community: Place, known: Register, roster: Roster, changes: Changes) -> Ground:
    """Make the estates, buildings, entrances, grids and owner sets that the file needs and the register lacks."""
    ground = Ground(community, dict(known.branches), {}, OwnerSets(community.place_path))
    _grow(ground, (name for name, _ in changes.added))
    rows = [row for _, row in changes.added] + [c.row for c in changes.changed]
    _add_grids(ground, rows)
    paths = {row.estate: ground.estate(row.estate).path for row in rows}
    ground.sets.renumber(paths, known, changes.changed)
    ground.sets.complete(paths, rows, roster)
    return ground


def add_units(ground: Ground, added: Sequence[tuple[UnitName, UnitRow]]) -> None:
    """The new units, place and record, in the order of the file."""
    ids = list(reserve(Place, len(added)))
    write((_place(ground, name, id_) for id_, (name, _) in zip(ids, added, strict=True)), Place)
    write((_unit(ground, name, row, id_) for id_, (name, row) in zip(ids, added, strict=True)), Unit)


def change_units(ground: Ground, changed: Sequence[Change]) -> None:
    """Only what differs is written."""
    for change in changed:
        values = {**_new_values(ground, change), "revision": Unit.revision + 1}
        if change.returns:
            values["gone_on"] = None
        db.session.execute(sa.update(Unit).where(Unit.id == change.known.id).values(**values))
        if Part.USE in change.parts:
            order = unit_order(ground.estate(change.name.estate).order, change.name)
            renamed = {"name": change.name.unit, "label": plate(change.name), "sort_key": order}
            db.session.execute(sa.update(Place).where(Place.id == change.known.id).values(**renamed))


def _new_values(ground: Ground, change: Change) -> dict[str, Any]:
    row = change.row
    said: dict[Part, tuple[str, Any]] = {
        Part.USE: ("use", row.use),
        Part.AREA: ("exclusive_area", row.area),
        Part.SOURCE: ("area_source", row.area_source.printed),
        Part.DELIVERY: ("delivery", row.delivery),
        Part.FLOOR: ("floor", "" if row.floor is None else str(row.floor)),
        Part.NOTE: ("note", row.note[:200]),
    }
    values = dict(said[part] for part in change.parts if part in said)
    if Part.OWNERS in change.parts:
        values["owner_set_id"] = ground.owner_set(row)
    if Part.GRID in change.parts:
        values["grid_id"] = ground.grids[row.grid[:60]]
    return values


def _place(ground: Ground, name: UnitName, id_: int) -> dict[str, Any]:
    above = ground.branches[branch_of(name)]
    return {
        "id": id_,
        "parent_id": above.id,
        "kind": PlaceKind.UNIT,
        "place_path": f"{above.path}{id_}/",
        "name": name.unit,
        "label": plate(name),
        "sort_key": unit_order(ground.estate(name.estate).order, name),
    }


def _unit(ground: Ground, name: UnitName, row: UnitRow, id_: int) -> dict[str, Any]:
    return {
        "id": id_,
        "place_path": f"{ground.branches[branch_of(name)].path}{id_}/",
        "estate_id": ground.estate(name.estate).id,
        "use": row.use,
        "floor": "" if row.floor is None else str(row.floor),
        "exclusive_area": row.area,
        "area_source": row.area_source.printed,
        "delivery": row.delivery,
        "owner_set_id": ground.owner_set(row),
        "grid_id": ground.grids[row.grid[:60]] if row.grid else None,
        "note": row.note[:200],
        "gone_on": None,
        "revision": 0,
    }


def _grow(ground: Ground, names: Iterable[UnitName]) -> None:
    """Places above the new units, from the top down."""
    wanted = dict.fromkeys(branch for name in names for branch in _way(name))
    new = [branch for branch in sorted(wanted, key=len) if branch not in ground.branches]
    estates = sum(len(branch) == 1 for branch in ground.branches)
    rows = []
    for id_, branch in zip(reserve(Place, len(new)), new, strict=True):
        above = _above(ground, branch)
        estates += len(branch) == 1
        order = f"{estates:05d}" if len(branch) == 1 else ordinal(branch[-1])
        ground.branches[branch] = Branch(id_, f"{above.path}{id_}/", order)
        label = branch[0] if len(branch) == 1 else "".join(branch[1:])
        rows.append(
            {
                "id": id_,
                "parent_id": above.id,
                "kind": KINDS[len(branch)],
                "place_path": ground.branches[branch].path,
                "name": branch[-1],
                "label": label[:120],
                "sort_key": order,
            }
        )
    write(rows, Place)


def _way(name: UnitName) -> Iterator[tuple[str, ...]]:
    """The branches from the estate down to the one that holds the unit."""
    last = branch_of(name)
    return (last[: n + 1] for n in range(len(last)) if last[n])


def _above(ground: Ground, branch: tuple[str, ...]) -> Branch:
    """The next level that exists: an entrance without a building hangs on its estate."""
    for length in range(len(branch) - 1, 0, -1):
        if branch[:length] in ground.branches:
            return ground.branches[branch[:length]]
    return Branch(ground.community.id, ground.community.place_path, "")


def _add_grids(ground: Ground, rows: Iterable[UnitRow]) -> None:
    path = ground.community.place_path
    found = db.session.execute(sa.select(Grid.name, Grid.id).where(Grid.place_path == path))
    ground.grids = dict(found.all())
    new = [g for g in dict.fromkeys(row.grid[:60] for row in rows) if g and g not in ground.grids]
    ground.grids |= dict(zip(new, reserve(Grid, len(new)), strict=True))
    write(({"id": ground.grids[n], "place_path": path, "parent_id": None, "name": n} for n in new), Grid)
