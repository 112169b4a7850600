"""Grants: asking for one, and the second person's word."""

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.files import keep_photos, lines_of
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import N_, _
from ..actions.granting import ask_grant, give_grant, refuse_grant
from ..forms import DecisionForm, GrantForm
from ..models.programme import Programme
from ..models.thanks import Grant
from ..policy import Can
from ..queries import books, people, table
from ..refusals import Refused
from ..words import Approver, Deed
from .books import programme_here

routes = Routes("points_grants")
VERDICTS = (("give", N_("属实，记上")), ("refuse", N_("不记，写明理由")))


@routes.get("/points/grants/new", may=Can.ASK_GRANT, of=programme_here)
def new(actor: Actor, programme: Programme) -> ResponseReturnValue:
    return page("points/grants/new.html", form=_blank(actor, programme), programme=programme)


@routes.post("/points/grants/new", may=Can.ASK_GRANT, of=programme_here)
def create(actor: Actor, programme: Programme) -> ResponseReturnValue:
    form = _blank(actor, programme)
    if form.validate_on_submit():
        with form.catching(Refused, on="amount"):
            grant = _ask(actor, programme, form)
            flash(_("申请交上去了，请另一位工作人员核实。"))
            return go("points_grants.show", points_grant_id=grant.id)
    return page("points/grants/new.html", 422, block="grant_form", form=form, programme=programme)


def _blank(actor: Actor, programme: Programme) -> GrantForm:
    """With the deeds whose row two people decide; the portal sees the others by itself."""
    rows = table.in_force(programme, actor.today)
    return GrantForm([rule.deed for rule in rows if rule.active and rule.approver is Approver.TWO])


def _ask(actor: Actor, programme: Programme, form: GrantForm) -> Grant:
    lines = [line for line in form.people.data.splitlines() if line.strip()]
    chosen = people.found(programme.place_path, lines, "people")
    return ask_grant(
        actor,
        programme,
        deed=Deed(form.deed.data),
        shares={person.id: form.amount.data or 0 for person in chosen},
        reason=form.reason.data,
        once=form.once.data,
        photos=keep_photos(form.photos.data or (), alt=form.reason.data[:60]),
    )


@routes.get("/points/grants/<int:points_grant_id>", may=Can.SEE_GRANT, of=Grant)
def show(actor: Actor, grant: Grant) -> ResponseReturnValue:
    return _page(grant, _form())


@routes.post(
    "/points/grants/<int:points_grant_id>/decision", may=Can.DECIDE_GRANT, of=Grant, back="points_grants.show"
)
def decide(actor: Actor, grant: Grant) -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit():
        with form.catching(Conflict, on="verdict"):
            if form.verdict.data == "give":
                give_grant(actor, grant, answer=form.answer.data)
            else:
                refuse_grant(actor, grant, answer=form.answer.data)
            return go("points_grants.show", points_grant_id=grant.id)
    return _page(grant, form, 422)


@routes.get("/points/grants/<int:points_grant_id>/files/<int:file_id>/<size>", may=Can.SEE_GRANT, of=Grant)
def file(actor: Actor, grant: Grant, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(grant, file_id, size)


def _form() -> DecisionForm:
    return DecisionForm([(key, _(words)) for key, words in VERDICTS])


def _page(grant: Grant, form: DecisionForm, status: int = 200) -> ResponseReturnValue:
    photos = lines_of(Grant.__tablename__, grant.id)
    return page(
        "points/grants/show.html",
        status,
        block="decision_form",
        grant=grant,
        shares=books.shares(grant),
        photos=photos,
        form=form,
    )
