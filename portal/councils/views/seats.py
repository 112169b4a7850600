"""The council itself: who sits at the table, and who is given a seat."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.errors import Conflict, Elsewhere, Invalid
from ...core.numbers import row_number
from ...core.pages import go, page
from ...core.routing import PUBLIC, Routes
from ...core.text import _
from ...places.models import Place
from ...places.queries.tree import by_path
from .. import earlier, queries
from ..actions.changing import change_council
from ..actions.table import end_seat, found_council, give_seat
from ..courses import COURSE_WORD, in_words
from ..forms import ChangeForm, CouncilForm
from ..models import Council, Seat
from ..policy import Can
from ..words import Party

routes = Routes("council")


def community_of(actor: Actor) -> Place | None:
    """The place whose council it would be; none for a visitor who chose no community."""
    return by_path(actor.community)


@routes.get("/council", may=PUBLIC)
def show(actor: Actor) -> ResponseReturnValue:
    """The council, or that there is none yet, with the form for those who may found it."""
    try:
        council = queries.council_of(actor)
    except Elsewhere:
        return _founding(actor, community_of(actor))
    usually = [(_(COURSE_WORD[course]), words) for course, words in in_words(council.courses).items()]
    return page(
        "councils/council/show.html",
        council=council,
        seats=queries.seats(council),
        usually=usually,
        before=earlier.before(council) if council.changes else [],
    )


@routes.post("/council", may=Can.FOUND, of=community_of)
def found(actor: Actor, place: Place) -> ResponseReturnValue:
    form = CouncilForm()
    if form.validate_on_submit():
        with form.catching():
            found_council(
                actor,
                place,
                name=form.name.data,
                endorsements_needed=form.endorsements_needed.data or 0,
                screening_days=form.screening_days.data or 0,
            )
            flash(_("议事会设好了。接下来请各方就座，大家可以提议题了。"))
            return go("council.show")
    return page("councils/council/new.html", 422, block="council_form", form=form)


def _founding(actor: Actor, place: Place | None) -> ResponseReturnValue:
    if place is None or not access.may(actor, Can.FOUND, place):
        return page("councils/council/new.html", form=None)
    return page(
        "councils/council/new.html", form=CouncilForm(name=_("%(community)s议事会", community=place.name))
    )


@routes.get("/council/change", may=Can.CHANGE, of=queries.council_of)
def ask_change(actor: Actor, council: Council) -> ResponseReturnValue:
    return _changing(council, ChangeForm(obj=council))


@routes.post("/council/change", may=Can.CHANGE, of=queries.council_of)
def change(actor: Actor, council: Council) -> ResponseReturnValue:
    form = ChangeForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            change_council(
                actor,
                council,
                name=form.name.data,
                endorsements_needed=form.endorsements_needed.data or 0,
                screening_days=form.screening_days.data or 0,
                seen=form.changes.data,
            )
            flash(_("改好了，大家都看得到。"))
            return go("council.show")
        form.changes.data = council.changes
    return _changing(council, form, 422)


def _changing(council: Council, form: ChangeForm, status: int = 200) -> ResponseReturnValue:
    before = earlier.before(council)
    return page(
        "councils/council/change.html",
        status,
        block="council_form",
        council=council,
        form=form,
        before=before,
    )


@routes.post("/council/seats", may=Can.SEAT, of=queries.council_of, back="council.show")
def create(actor: Actor, council: Council) -> ResponseReturnValue:
    party = request.form.get("party", "")
    if party not in set(Party):
        raise Invalid(_("请选他代表哪一方。"), "party")
    give_seat(actor, council, user_id=row_number(request.form.get("user_id")) or 0, party=Party(party))
    flash(_("已经请他就座。"))
    return go("council.show")


@routes.get("/council/seats/<int:seat_id>/ending", may=Can.SEE_COUNCIL, of=Seat)
def ended(actor: Actor, seat: Seat) -> ResponseReturnValue:
    """Who reloads the address of the form is led to the table, if the seat is one of his own community's."""
    return go("council.show")


@routes.post("/council/seats/<int:seat_id>/ending", may=Can.SEAT, of=Seat)
def end(actor: Actor, seat: Seat) -> ResponseReturnValue:
    end_seat(actor, seat)
    flash(_("这一席已经结束。"))
    return go("council.show")
