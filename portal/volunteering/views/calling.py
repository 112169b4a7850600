"""Standing projects and call-outs."""

from datetime import timedelta
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import calling_out as act
from ..actions.calling_out import StandingWords
from ..forms import CallOutForm, StandingForm
from ..models.people import Team
from ..models.standing import CallOut, Standing
from ..policy import Can
from ..queries.people import call_page
from ..words import Kind

routes = Routes("calling_out")
SOON = timedelta(hours=1)


@routes.get("/volunteer-teams/<int:volunteer_team_id>/standing/new", may=Can.SET_UP, of=Team)
def new(actor: Actor, team: Team) -> ResponseReturnValue:
    return _setting_up(team, StandingForm(minutes=90))


@routes.post("/volunteer-teams/<int:volunteer_team_id>/standing/new", may=Can.SET_UP, of=Team)
def create(actor: Actor, team: Team) -> ResponseReturnValue:
    form = StandingForm()
    if form.validate_on_submit():
        with form.catching():
            words = StandingWords(
                name=form.name.data,
                kind=Kind(form.kind.data),
                trigger=form.trigger.data,
                venue=form.venue.data,
                minutes=form.minutes.data,
                risk=form.risk.data,
                dangerous=form.dangerous.data,
                insurance=form.insurance.data,
            )
            act.set_up(actor, team, words=words, once=form.once.data)
            flash(_("常设项目设好了，要用的时候一按就召集。"))
            return go("volunteer_teams.show", volunteer_team_id=team.id)
    return _setting_up(team, form, 422)


@routes.post("/standing/<int:standing_id>/ending", may=Can.END_STANDING, of=Standing, back="calling_out.show")
def end(actor: Actor, standing: Standing) -> ResponseReturnValue:
    act.end_standing(actor, standing)
    return go("volunteer_teams.show", volunteer_team_id=standing.team_id)


@routes.get("/standing/<int:standing_id>", may=Can.SEE_STANDING, of=Standing)
def show(actor: Actor, standing: Standing) -> ResponseReturnValue:
    return go("volunteer_teams.show", volunteer_team_id=standing.team_id)


@routes.get("/standing/<int:standing_id>/call", may=Can.CALL_OUT, of=Standing)
def calling(actor: Actor, standing: Standing) -> ResponseReturnValue:
    return _calling(standing, CallOutForm(starts_at=actor.now + SOON, needed=30))


@routes.post("/standing/<int:standing_id>/call", may=Can.CALL_OUT, of=Standing)
def call(actor: Actor, standing: Standing) -> ResponseReturnValue:
    form = CallOutForm()
    if form.validate_on_submit() and form.starts_at.data:
        with form.catching():
            made = act.call_out(
                actor,
                standing,
                starts_at=form.starts_at.data,
                needed=form.needed.data,
                words=form.words.data,
                once=form.once.data,
            )
            flash(_("召集发出去了，队员在首页一按就能答复。"))
            return go("calling_out.answers", call_out_id=made.id)
    return _calling(standing, form, 422)


@routes.get("/call-outs/<int:call_out_id>", may=Can.SEE_CALL, of=call_page)
def answers(actor: Actor, call: Any) -> ResponseReturnValue:
    return page("volunteering/calling/show.html", call=call)


@routes.post(
    "/call-outs/<int:call_out_id>/answer", may=Can.ANSWER_CALL, of=CallOut, back="calling_out.answers"
)
def answer(actor: Actor, call: CallOut) -> ResponseReturnValue:
    coming = request.form.get("coming") == "1"
    try:
        act.answer_call(actor, call, coming=coming)
    except Conflict as refused:
        cure = next((u.cure for u in refused.unmet if u.cure), "")
        shown = call_page(actor, call.id)
        return page(
            "volunteering/calling/show.html", 422, block="answer", call=shown, refused=refused, cure=cure
        )
    flash(_("好的，等您来。") if coming else _("知道了，谢谢您回话。"))
    return go("calling_out.answers", call_out_id=call.id)


def _setting_up(team: Team, form: StandingForm, status: int = 200) -> ResponseReturnValue:
    return page("volunteering/calling/new.html", status, block="standing_form", team=team, form=form)


def _calling(standing: Standing, form: CallOutForm, status: int = 200) -> ResponseReturnValue:
    template = "volunteering/calling/call.html"
    return page(template, status, block="call_form", standing=standing, form=form)
