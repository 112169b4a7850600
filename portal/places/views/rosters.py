"""Rosters: a file is read and shown; only a second button takes it over."""

from typing import Any

from flask import Response, current_app, flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.exports import as_file, listed
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import reading
from ..actions.units import retire_unit
from ..findingwords import KINDS
from ..forms import EmptyForm, RosterForm
from ..kept import RosterStore
from ..models import Place, RosterImport, Unit
from ..policy import Can
from ..queries import rosters
from .grids import own_community

routes = Routes("rosters")


def _files() -> RosterStore:
    return RosterStore(current_app.config["INSTANCE"])


@routes.get("/rosters", may=Can.READ_ROSTER, of=own_community)
def index(actor: Actor, community: Place) -> ResponseReturnValue:
    return listed(
        rosters.history(),
        actor,
        request.args,
        "places/rosters/index.html",
        node=community,
        form=RosterForm(),
    )


@routes.post("/rosters", may=Can.READ_ROSTER, of=own_community)
def create(actor: Actor, community: Place) -> ResponseReturnValue:
    """Read a file. Nothing of it is in the register afterwards."""
    form = RosterForm()
    if form.validate_on_submit():
        upload = form.file.data
        name = (upload.filename or "roster").replace("\\", "/").rsplit("/", 1)[-1]
        with form.catching():
            data = upload.read()
            imported = reading.preview(
                actor, community, _files(), data=data, file_name=name, estate=form.estate.data
            )
            return go("rosters.show", roster_import_id=imported.id)
    shown = rosters.history().read(actor, {})
    return page("places/rosters/index.html", 422, block="roster_form", list=shown, node=community, form=form)


@routes.get("/rosters/<int:roster_import_id>", may=Can.SEE_ROSTER, of=RosterImport)
def show(actor: Actor, imported: RosterImport) -> ResponseReturnValue:
    asked = request.args
    action, kind = asked.get("action", ""), asked.get("kind", "")
    if asked.get("format") in ("csv", "xlsx"):
        return _file(imported, asked["format"], action, kind)
    return _shown(imported, action, kind, _number(asked.get("page", "")))


@routes.post(
    "/rosters/<int:roster_import_id>/taking", may=Can.TAKE_ROSTER, of=RosterImport, back="rosters.show"
)
def take(actor: Actor, imported: RosterImport) -> ResponseReturnValue:
    try:
        reading.take(actor, imported, _files())
    except Conflict as refusal:
        return _shown(imported, "", "", 1, 409, str(refusal))
    flash(_("文件已经收进房屋名册。"))
    return go("rosters.show", roster_import_id=imported.id)


@routes.post(
    "/rosters/<int:roster_import_id>/reading", may=Can.TAKE_ROSTER, of=RosterImport, back="rosters.show"
)
def again(actor: Actor, imported: RosterImport) -> ResponseReturnValue:
    """The same file compared with the register as it is now."""
    community = own_community(actor)
    assert community is not None  # he sees an import of it
    data, name = _files().load(imported.digest), imported.file_name
    fresh = reading.preview(actor, community, _files(), data=data, file_name=name, estate=imported.estate)
    return go("rosters.show", roster_import_id=fresh.id)


@routes.post(
    "/rosters/<int:roster_import_id>/missing", may=Can.TAKE_ROSTER, of=RosterImport, back="rosters.show"
)
def retire_missing(actor: Actor, imported: RosterImport) -> ResponseReturnValue:
    """Units that the file does not name and somebody ticked: no separate parts any more."""
    listed_ids = {unit["id"] for unit in _missing(imported)}
    ticked = [int(i) for i in request.form.getlist("id") if i.isdecimal() and len(i) < 10]
    units = [u for i in ticked if i in listed_ids and (u := visible(actor, Unit, i)) and u.gone_on is None]
    for unit in units:
        retire_unit(actor, unit)
    flash(_("已经注销 %(n)d 套房屋。", n=len(units)) if units else _("请先勾选房屋。"))
    return go("rosters.show", roster_import_id=imported.id, anchor="missing")


def _missing(imported: RosterImport) -> list[dict[str, Any]]:
    found = imported.report.get("missing", [])
    return found if isinstance(found, list) else []


def _shown(
    imported: RosterImport, action: str, kind: str, number: int, status: int = 200, conflict: str = ""
) -> ResponseReturnValue:
    found = rosters.findings(imported.report, action, kind, number)
    missing = _missing(imported)
    return page(
        "places/rosters/show.html",
        status,
        imported=imported,
        report=imported.report,
        found=found,
        said=rosters.said,
        kind_words=KINDS,
        actions=rosters.ACTIONS,
        action=action,
        kind=kind,
        gone=rosters.gone_among([m["id"] for m in missing]),
        stale=imported.taken_at is None and rosters.is_stale(imported),
        conflict=conflict,
        form=EmptyForm(),
    )


def _file(imported: RosterImport, kind_of_file: str, action: str, kind: str) -> Response:
    """The findings as a file."""
    every = imported.report.get("findings", [])
    rows = rosters.narrowed(every if isinstance(every, list) else [], action, kind)
    return as_file(f"findings-{imported.id}", rosters.FINDINGS, rows, kind_of_file)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1
