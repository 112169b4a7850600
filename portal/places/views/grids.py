"""Grids: seen, made, nested, filled."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.grids import add_grid, assign_units, change_grid
from ..forms import NONE, GridForm, PickForm
from ..models import Grid, Place
from ..policy import READERS, Can
from ..queries import grids, tree

routes = Routes("grids")


def reading_place(actor: Actor) -> Place | None:
    """The widest place whose register the actor reads."""
    return tree.place_of_post(actor, READERS)


def own_community(actor: Actor) -> Place | None:
    """The community the actor is in."""
    return tree.by_path(actor.community)


@routes.get("/grids", may=Can.SEE_REGISTER, of=reading_place)
def index(actor: Actor, place: Place) -> ResponseReturnValue:
    return _all(actor, GridForm())


@routes.post("/grids", may=Can.ADD_GRID, of=own_community)
def create(actor: Actor, community: Place) -> ResponseReturnValue:
    form = GridForm()
    every = grids.grids(actor)
    if form.offer([(g.id, g.name) for g in every]).validate_on_submit():
        with form.catching():
            grid = add_grid(actor, community, name=form.name.data, parent_id=form.parent_id)
            flash(_("网格已经设立，请把楼栋归进来。"))
            return go("grids.show", grid_id=grid.id)
    return _all(actor, form, 422)


@routes.get("/grids/<int:grid_id>", may=Can.SEE_GRID, of=Grid)
def show(actor: Actor, grid: Grid) -> ResponseReturnValue:
    return _one(actor, grid, GridForm(name=grid.name, parent=str(grid.parent_id or NONE)))


@routes.post("/grids/<int:grid_id>", may=Can.EDIT_GRID, of=Grid)
def update(actor: Actor, grid: Grid) -> ResponseReturnValue:
    form = GridForm()
    form.offer([(g.id, g.name) for g in grids.grids(actor)])
    if form.validate_on_submit():
        with form.catching():
            change_grid(actor, grid, name=form.name.data, parent_id=form.parent_id)
            flash(_("已经改好。"))
            return go("grids.show", grid_id=grid.id)
    return _one(actor, grid, form, 422)


@routes.post("/grids/<int:grid_id>/units", may=Can.EDIT_GRID, of=Grid, back="grids.show")
def fill(actor: Actor, grid: Grid) -> ResponseReturnValue:
    """Ticked buildings into the grid."""
    places = request.form.getlist("place")[:1000]
    if not places:
        flash(_("请先勾选楼栋。"), "error")
    else:
        moved = assign_units(actor, grid, places=places)
        flash(_("已经把 %(n)d 套房屋归到%(grid)s。", n=moved, grid=grid.name))
    return go("grids.show", grid_id=grid.id)


def _all(actor: Actor, form: GridForm, status: int = 200) -> ResponseReturnValue:
    every = grids.grids(actor)
    form.offer([(g.id, g.name) for g in every])
    community = own_community(actor)
    edits = community is not None and bool(access.may(actor, Can.ADD_GRID, community))
    return page("places/grids/index.html", status, block="grid_form", grids=every, form=form, edits=edits)


def _one(actor: Actor, grid: Grid, form: GridForm, status: int = 200) -> ResponseReturnValue:
    every = grids.grids(actor)
    form.offer([(g.id, g.name) for g in every if g.id != grid.id])
    own = next(g for g in every if g.id == grid.id)
    return page(
        "places/grids/show.html",
        status,
        block="grid_form",
        grid=grid,
        own=own,
        below=[g for g in every if g.parent_id == grid.id],
        buildings=grids.buildings_of(grid),
        form=form,
        pick=PickForm(),
    )
