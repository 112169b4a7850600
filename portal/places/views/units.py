"""The register: units in a list and one by one."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.eventlog import reference
from ...core.exports import listed
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...core.timeline import line
from ..actions.grids import assign_units
from ..actions.units import change_owners, correct_unit, restore_unit, retire_unit
from ..actions.viewing import note_export, note_viewing, viewed_lately
from ..forms import EmptyForm, OwnersForm, PickForm, UnitForm
from ..models import Grid, Place, Unit
from ..policy import READERS, Can
from ..queries import tree, units
from ..roster.units import AreaSource, Delivery

routes = Routes("units")


@routes.get("/units", may=Can.SEE)
def mine(actor: Actor) -> ResponseReturnValue:
    """Where somebody's part of the register begins: his post's place, or his own home."""
    start = tree.widest_post(actor, READERS) or next(iter(actor.homes), None)
    place = tree.by_path(start) if start else None
    if place is None:
        return go("places.index")
    if start in actor.homes:
        return go("units.show", unit_id=place.id)
    return go("units.index", place_id=place.id)


@routes.get("/places/<int:place_id>/units", may=Can.SEE_REGISTER, of=Place)
def index(actor: Actor, place: Place) -> ResponseReturnValue:
    offered = units.choices(actor, place)
    phones = bool(access.may(actor, Can.SEE_PHONES, place))
    listing = units.register_of(actor, place, request.args, offered, phones)
    if request.args.get("format") in ("csv", "xlsx"):
        note_export(actor, place)
    else:
        _viewed(actor, place)
    return listed(
        listing,
        actor,
        request.args,
        "places/units/index.html",
        node=place,
        grids=offered.grids,
        form=PickForm(),
    )


@routes.post("/places/<int:place_id>/units", may=Can.SEE_REGISTER, of=Place)
def assign(actor: Actor, place: Place) -> ResponseReturnValue:
    """Ticked units into a grid."""
    chosen = [int(i) for i in request.form.getlist("id") if i.isdecimal() and len(i) < 10]
    number = request.form.get("grid", "")
    grid = visible(actor, Grid, int(number)) if number.isdecimal() and len(number) < 10 else None
    if grid is None or not chosen:
        flash(_("请先勾选房屋，再选一个网格。"), "error")
    else:
        moved = assign_units(actor, grid, units=chosen)
        flash(_("已经把 %(n)d 套房屋归到%(grid)s。", n=moved, grid=grid.name))
    return go("units.index", place_id=place.id, **{k: v for k, v in request.args.items() if k != "format"})


@routes.get("/units/<int:unit_id>", may=Can.SEE_UNIT, of=Unit)
def show(actor: Actor, unit: Unit) -> ResponseReturnValue:
    """The record of a unit. Its own people see names and phones half hidden and nobody else's doings."""
    named = bool(access.may(actor, Can.SEE_OWNERS, unit))
    keeps = bool(access.may(actor, Can.CORRECT, unit))
    if named:
        _viewed(actor, unit)
    return page(
        "places/units/show.html",
        unit=unit,
        record=units.unit_row(unit.id),
        named=named,
        phones=bool(access.may(actor, Can.SEE_PHONES, unit)),
        titles=units.title_history(unit.id) if named else [],
        lines=[(line(actor, e), e.payload) for e in units.events_of(reference(unit))] if keeps else [],
        form=EmptyForm(),
    )


@routes.get("/units/<int:unit_id>/edit", may=Can.CORRECT, of=Unit)
def edit(actor: Actor, unit: Unit) -> ResponseReturnValue:
    form = UnitForm(
        revision=unit.revision,
        area=unit.exclusive_area,
        source=_source(unit.area_source),
        delivery=unit.delivery.value,
        floor=unit.floor,
        note=unit.note,
    )
    return _editing(unit, form.offer())


@routes.post("/units/<int:unit_id>/edit", may=Can.CORRECT, of=Unit)
def update(actor: Actor, unit: Unit) -> ResponseReturnValue:
    form = UnitForm().offer()
    try:
        if form.validate_on_submit():
            with form.catching():
                _correct(actor, unit, form)
                flash(_("已经更正。"))
                return go("units.show", unit_id=unit.id)
    except Conflict as refusal:
        return _editing(unit, form, 409, str(refusal))
    return _editing(unit, form, 422)


def _correct(actor: Actor, unit: Unit, form: UnitForm) -> None:
    correct_unit(
        actor,
        unit,
        revision=form.revision.data or 0,
        area=form.area.data,
        source=AreaSource(form.source.data),
        delivery=Delivery(form.delivery.data),
        floor=form.floor.data,
        note=form.note.data,
    )


@routes.get("/units/<int:unit_id>/owners", may=Can.CORRECT, of=Unit)
def owners(actor: Actor, unit: Unit) -> ResponseReturnValue:
    _viewed(actor, unit)
    row = units.unit_row(unit.id)
    lines = "\n".join(f"{name} {phone}".strip() for name, phone in row.owners)
    return _owners(unit, OwnersForm(revision=unit.revision, owners=lines), row=row)


@routes.post("/units/<int:unit_id>/owners", may=Can.CORRECT, of=Unit)
def transfer(actor: Actor, unit: Unit) -> ResponseReturnValue:
    form = OwnersForm()
    revision = form.revision.data or 0
    try:
        if form.validate_on_submit():
            with form.catching():
                change_owners(actor, unit, revision=revision, owners=form.named(), reason=form.reason.data)
                flash(_("业主已经变更。"))
                return go("units.show", unit_id=unit.id)
    except Conflict as refusal:
        return _owners(unit, form, 409, str(refusal))
    return _owners(unit, form, 422)


@routes.post("/units/<int:unit_id>/retirement", may=Can.CORRECT, of=Unit, back="units.show")
def retire(actor: Actor, unit: Unit) -> ResponseReturnValue:
    if request.form.get("restore"):
        restore_unit(actor, unit)
        flash(_("这套房屋又算进房屋名册了。"))
    else:
        retire_unit(actor, unit)
        flash(_("已经注销，历史记录都还在。"))
    return go("units.show", unit_id=unit.id)


def _editing(unit: Unit, form: UnitForm, status: int = 200, conflict: str = "") -> ResponseReturnValue:
    """The form; after a conflict with what stands in the register now beside what was typed."""
    row = units.unit_row(unit.id)
    if conflict:
        form.revision.raw_data, form.revision.data = None, row.revision
    return page(
        "places/units/edit.html",
        status,
        block="unit_form",
        unit=unit,
        record=row,
        form=form,
        conflict=conflict,
    )


def _owners(
    unit: Unit, form: OwnersForm, status: int = 200, conflict: str = "", row: Any = None
) -> ResponseReturnValue:
    row = row or units.unit_row(unit.id)
    if conflict:
        form.revision.raw_data, form.revision.data = None, row.revision
    return page(
        "places/units/owners.html",
        status,
        block="owners_form",
        unit=unit,
        record=row,
        form=form,
        conflict=conflict,
    )


def _viewed(actor: Actor, subject: Place | Unit) -> None:
    if not viewed_lately(actor, subject):
        note_viewing(actor, subject)


def _source(printed: str) -> str:
    return next((s.value for s in AreaSource if s.printed == printed), AreaSource.UNSTATED.value)
