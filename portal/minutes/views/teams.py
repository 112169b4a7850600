"""Teams that watch over something: noting one in minutes, its page, joining, asking one more."""

from datetime import timedelta
from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import teams as act
from ..actions.teams import Charge
from ..forms import NameForm, TeamForm
from ..models import Minutes, Team
from ..policy import Can
from ..queries import minutes as minutes_queries
from ..queries import teams as queries

routes = Routes("teams")
NEW = "/minutes/<int:minutes_id>/items/<int:item_id>/teams/new"
TEAM = "/teams/<int:team_id>"
USUAL_DAYS = 365


@routes.get(TEAM, may=Can.SEE_TEAM, of=queries.team_page)
def show(actor: Actor, team: Any) -> ResponseReturnValue:
    return _shown(team)


@routes.get(NEW, may=Can.WRITE, of=minutes_queries.item_page)
def new(actor: Actor, minutes: Any) -> ResponseReturnValue:
    usual = {"starts": actor.today, "ends": actor.today + timedelta(days=USUAL_DAYS)}
    return _noting(minutes, TeamForm(**usual))


@routes.post(NEW, may=Can.WRITE, of=minutes_queries.item_page)
def create(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = TeamForm()
    if form.validate_on_submit():
        with form.catching():
            assert form.starts.data is not None
            assert form.ends.data is not None
            charge = Charge(form.name.data, form.watches.data, form.starts.data, form.ends.data)
            act.note_team(
                actor,
                visible(actor, Minutes, minutes.id),
                item_id=minutes.item.id,
                charge=charge,
                people=[line.strip() for line in form.people.data.splitlines() if line.strip()],
                once=form.once.data,
            )
            flash(_("记下了，纪要定稿以后请他们本人回复。"))
            return go("minutes.show", minutes_id=minutes.id, anchor=f"item-{minutes.item.id}")
    return _noting(minutes, form, 422)


@routes.post(TEAM + "/removal", may=Can.STRIKE_TEAM, of=Team, back="teams.show")
def strike(actor: Actor, team: Team) -> ResponseReturnValue:
    number = team.minutes_id
    act.strike_team(actor, team)
    flash(_("划去了。"))
    return go("minutes.show", minutes_id=number)


@routes.post(TEAM + "/joining", may=Can.JOIN_TEAM, of=Team, back="teams.show")
def join(actor: Actor, team: Team) -> ResponseReturnValue:
    act.answer_team(actor, team, agrees=True)
    flash(_("您参加了监督队，谢谢。"))
    return go("teams.show", team_id=team.id)


@routes.post(TEAM + "/leaving", may=Can.JOIN_TEAM, of=Team, back="teams.show")
def leave(actor: Actor, team: Team) -> ResponseReturnValue:
    act.answer_team(actor, team, agrees=False)
    flash(_("记下了，您不参加。"))
    return go("teams.show", team_id=team.id)


@routes.post(TEAM + "/people", may=Can.ADD_TO_TEAM, of=queries.team_page, back="teams.show")
def add(actor: Actor, team: Any) -> ResponseReturnValue:
    form = NameForm()
    if form.validate_on_submit():
        with form.catching():
            act.add_to_team(actor, visible(actor, Team, team.id), who=form.who.data)
            flash(_("请了，等本人回复。"))
            return go("teams.show", team_id=team.id)
    return _shown(team, 422, form)


def _shown(team: Any, status: int = 200, form: NameForm | None = None) -> ResponseReturnValue:
    return page("minutes/teams/show.html", status, team=team, form=form or NameForm())


def _noting(minutes: Any, form: TeamForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/teams/new.html", status, block="team_form", minutes=minutes, form=form)
