"""Grids with what lies in them."""

from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from ...core import access
from ...core.access import under
from ...core.actor import Actor
from ...core.db import db
from ..models import Grid, Place, PlaceKind, Unit, Use
from .figures import COUNTED


@dataclass
class GridRow:
    """A grid and its units by use. `units` are its own, `whole` those of the grids below it too."""

    id: int
    name: str
    parent_id: int | None
    above: str = ""
    """Name of its parent."""
    units: dict[Use, int] = field(default_factory=dict)
    whole: dict[Use, int] = field(default_factory=dict)


def grids(actor: Actor) -> list[GridRow]:
    """All grids of the community as a tree laid out in order, and their counts; two queries."""
    found = {
        row.id: GridRow(row.id, row.name, row.parent_id)
        for row in db.session.execute(
            sa.select(Grid.id, Grid.name, Grid.parent_id).where(access.rows(actor, Grid)).order_by(Grid.id)
        )
    }
    counts = db.session.execute(
        sa.select(Unit.grid_id, Unit.use, sa.func.count())
        .where(under(Unit.place_path, actor.community), Unit.grid_id.is_not(None), COUNTED)
        .group_by(Unit.grid_id, Unit.use)
    )
    for grid_id, use, count in counts:
        if grid_id in found:
            found[grid_id].units[use] = count
    return _laid_out(found)


def _laid_out(found: dict[int, GridRow]) -> list[GridRow]:
    """Parents before their children; sums go up."""
    below: dict[int | None, list[GridRow]] = {}
    for grid in found.values():
        below.setdefault(grid.parent_id if grid.parent_id in found else None, []).append(grid)
    order: list[GridRow] = []

    def visit(grid: GridRow, above: str) -> None:
        grid.above, grid.whole = above, dict(grid.units)
        order.append(grid)
        for child in below.get(grid.id, []):
            visit(child, grid.name)
            for use, count in child.whole.items():
                grid.whole[use] = grid.whole.get(use, 0) + count

    for top in below.get(None, []):
        visit(top, "")
    return order


def buildings_of(grid: Grid) -> list[Any]:
    """Buildings of the grid's community: path, estate, name, units, and how many of them lie in the grid; one query."""
    estate = aliased(Place, name="estate")
    inside = sa.and_(
        Unit.place_path >= Place.place_path,
        Unit.place_path
        < sa.func.substr(Place.place_path, 1, sa.func.length(Place.place_path) - 1).concat("0"),
        COUNTED,
    )
    here = sa.func.sum(sa.case((Unit.grid_id == grid.id, 1), else_=0))
    return list(
        db.session.execute(
            sa.select(
                Place.id,
                Place.place_path,
                Place.name,
                estate.name.label("estate"),
                sa.func.count(Unit.id).label("units"),
                here.label("here"),
            )
            .join(estate, estate.id == Place.parent_id)
            .outerjoin(Unit, inside)
            .where(under(Place.place_path, grid.place_path), Place.kind == PlaceKind.BUILDING)
            .group_by(Place.id, Place.place_path, Place.name, Place.sort_key, estate.name, estate.sort_key)
            .order_by(estate.sort_key, Place.sort_key, Place.id)
        )
    )
