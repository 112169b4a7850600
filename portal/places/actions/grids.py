"""Grids: made, renamed, nested, and units put into them."""

from collections.abc import Collection

import sqlalchemy as sa

from ...core.access import under
from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Invalid, NotVisible
from ...core.eventlog import record
from ...core.text import _
from ..events import GridChanged, GridCreated, UnitsAssigned
from ..models import Grid, Place, PlaceKind, Unit
from ..policy import Can
from .lines import line


@action(Can.ADD_GRID)
def add_grid(actor: Actor, community: Place, *, name: str, parent_id: int | None = None) -> Grid:
    """A new grid of the community. Raises Invalid for a name that is taken or a parent of another community."""
    if community.kind is not PlaceKind.COMMUNITY:
        raise NotVisible()
    grid = Grid(place_path=community.place_path, parent_id=parent_id, name=_name(community.place_path, name))
    _fits(grid, parent_id)
    store(grid)
    record(actor, grid, GridCreated())
    return grid


@action(Can.EDIT_GRID)
def change_grid(actor: Actor, grid: Grid, *, name: str, parent_id: int | None) -> Grid:
    """Rename a grid or put it under another one. A grid never lies in itself."""
    lock(db.session.scalars(sa.select(Place).where(Place.place_path == grid.place_path)).one())
    name = _name(grid.place_path, name, grid.id)
    _fits(grid, parent_id)
    if (name, parent_id) != (grid.name, grid.parent_id):
        grid.name, grid.parent_id = name, parent_id
        record(actor, grid, GridChanged())
    return grid


@action(Can.EDIT_GRID)
def assign_units(
    actor: Actor, grid: Grid, *, places: Collection[str] = (), units: Collection[int] = ()
) -> int:
    """Put all units of some places (paths) and single units (ids) into the grid; how many moved.

    Raises NotVisible for a place or unit of another community.
    """
    if any(not path.startswith(grid.place_path) or path == grid.place_path for path in places):
        raise NotVisible()
    chosen = [under(Unit.place_path, path) for path in places]
    if units:
        chosen.append(Unit.id.in_(units))
    if not chosen:
        raise Invalid(_("请先选楼栋或房屋。"), "places")
    wanted = sa.and_(under(Unit.place_path, grid.place_path), sa.or_(*chosen))
    if units and _count(sa.and_(wanted, Unit.id.in_(units))) < len(set(units)):
        raise NotVisible()
    elsewhere = sa.and_(wanted, Unit.grid_id.is_distinct_from(grid.id))
    moved = _count(elsewhere)
    if moved:
        change = sa.update(Unit).where(elsewhere).values(grid_id=grid.id, revision=Unit.revision + 1)
        db.session.execute(change, execution_options={"synchronize_session": False})
        record(actor, grid, UnitsAssigned(moved))
    return moved


def _count(condition: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Unit).where(condition)) or 0


def _name(path: str, name: str, own_id: int | None = None) -> str:
    name = line(name, 60, _("请写网格的名称，例如：第一网格。"), "name")
    same = sa.select(Grid.id).where(Grid.place_path == path, Grid.name == name, Grid.id != (own_id or 0))
    if db.session.scalar(same):
        raise Invalid(_("已经有一个叫“%(name)s”的网格。", name=name), "name")
    return name


def _fits(grid: Grid, parent_id: int | None) -> None:
    """The parent is a grid of the same community and does not lie in this one."""
    above = dict(
        db.session.execute(sa.select(Grid.id, Grid.parent_id).where(Grid.place_path == grid.place_path)).all()
    )
    if parent_id is not None and parent_id not in above:
        raise Invalid(_("请从列表里选上级网格。"), "parent")
    step = parent_id
    while step is not None:
        if step == grid.id:
            raise Invalid(_("网格不能归到它自己或它下面的网格里。"), "parent")
        step = above[step]
