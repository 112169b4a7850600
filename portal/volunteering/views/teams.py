"""Teams and who is in them."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import listed
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...places.models import Place
from ..actions import teams as act
from ..actions.teams import TeamWords
from ..forms import ApplyForm, FoundForm, InviteForm, LeaderForm, TeamForm
from ..listings import TEAMS
from ..models.people import Team, TeamMember
from ..policy import Can
from ..queries.people import community_of, team_page
from ..words import MemberState

routes = Routes("volunteer_teams")
TEAM = "/volunteer-teams/<int:volunteer_team_id>"
MEMBER = "/volunteer-members/<int:volunteer_member_id>"


@routes.get("/volunteer-teams", may=Can.SEE_VOLUNTEERING, of=community_of)
def index(actor: Actor, community: Place) -> ResponseReturnValue:
    return listed(TEAMS, actor, request.args, "volunteering/teams/index.html", community=community)


@routes.get("/volunteer-teams/new", may=Can.FOUND_TEAM, of=community_of)
def new(actor: Actor, community: Place) -> ResponseReturnValue:
    return _founding(FoundForm())


@routes.post("/volunteer-teams/new", may=Can.FOUND_TEAM, of=community_of)
def create(actor: Actor, community: Place) -> ResponseReturnValue:
    form = FoundForm()
    if form.validate_on_submit():
        with form.catching():
            words = TeamWords(form.name.data, form.purpose.data, form.base.data)
            team = act.found_team(actor, community, words=words, leader=form.leader.data, once=form.once.data)
            flash(_("志愿队成立了。"))
            return go("volunteer_teams.show", volunteer_team_id=team.id)
    return _founding(form, 422)


@routes.get(TEAM, may=Can.SEE_TEAM, of=team_page)
def show(actor: Actor, team: Any) -> ResponseReturnValue:
    return _shown(team)


@routes.get(TEAM + "/edit", may=Can.AMEND_TEAM, of=Team)
def edit(actor: Actor, team: Team) -> ResponseReturnValue:
    return _editing(team, TeamForm(obj=team), LeaderForm())


@routes.post(TEAM + "/edit", may=Can.AMEND_TEAM, of=Team)
def update(actor: Actor, team: Team) -> ResponseReturnValue:
    form = TeamForm()
    if form.validate_on_submit():
        words = TeamWords(form.name.data, form.purpose.data, form.base.data)
        act.amend_team(actor, team, words=words)
        flash(_("改好了。"))
        return go("volunteer_teams.show", volunteer_team_id=team.id)
    return _editing(team, form, LeaderForm(), 422)


@routes.post(TEAM + "/leader", may=Can.HAND_OVER, of=Team, back="volunteer_teams.edit")
def hand_over(actor: Actor, team: Team) -> ResponseReturnValue:
    form = LeaderForm()
    if form.validate_on_submit():
        with form.catching():
            act.hand_over(actor, team, leader=form.leader.data)
            flash(_("换了队长。"))
            return go("volunteer_teams.show", volunteer_team_id=team.id)
    return _editing(team, TeamForm(formdata=None, obj=team), form, 422)


@routes.post(TEAM + "/ending", may=Can.END_TEAM, of=Team, back="volunteer_teams.show")
def end(actor: Actor, team: Team) -> ResponseReturnValue:
    act.end_team(actor, team)
    flash(_("志愿队解散了，时长都还在。"))
    return go("volunteer_teams.show", volunteer_team_id=team.id)


@routes.post(
    TEAM + "/application",
    may=Can.APPLY,
    of=team_page,
    back="volunteer_teams.show",
)
def apply(actor: Actor, team: Any) -> ResponseReturnValue:
    form = ApplyForm()
    if form.validate_on_submit():
        member = act.apply(actor, visible(actor, Team, team.id), words=form.words.data)
        joined = member.state is MemberState.MEMBER
        flash(_("您是队员了。") if joined else _("申请交给队长了，答复会显示在首页。"))
        return go("volunteer_teams.show", volunteer_team_id=team.id)
    return _shown(team, 422, application=form)


@routes.post(
    TEAM + "/invitations",
    may=Can.INVITE,
    of=team_page,
    back="volunteer_teams.show",
)
def invite(actor: Actor, team: Any) -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        with form.catching():
            act.invite(actor, visible(actor, Team, team.id), who=form.who.data, words=form.words.data)
            flash(_("邀请发出去了，他在首页就能答复。"))
            return go("volunteer_teams.show", volunteer_team_id=team.id)
    return _shown(team, 422, invitation=form)


@routes.get(MEMBER, may=Can.SEE_MEMBER, of=TeamMember)
def member(actor: Actor, member: TeamMember) -> ResponseReturnValue:
    return go("volunteer_teams.show", volunteer_team_id=member.team_id)


@routes.post(
    MEMBER + "/admission",
    may=Can.ADMIT,
    of=TeamMember,
    back="volunteer_teams.member",
)
def admit(actor: Actor, member: TeamMember) -> ResponseReturnValue:
    act.admit(actor, member, yes=request.form.get("yes") == "1")
    return go("volunteer_teams.show", volunteer_team_id=member.team_id)


@routes.post(
    MEMBER + "/answer",
    may=Can.ACCEPT,
    of=TeamMember,
    back="volunteer_teams.member",
)
def accept(actor: Actor, member: TeamMember) -> ResponseReturnValue:
    act.accept(actor, member, yes=request.form.get("yes") == "1")
    return go("volunteer_teams.show", volunteer_team_id=member.team_id)


@routes.post(
    MEMBER + "/leaving",
    may=Can.LEAVE,
    of=TeamMember,
    back="volunteer_teams.member",
)
def leave(actor: Actor, member: TeamMember) -> ResponseReturnValue:
    act.leave(actor, member)
    flash(_("退队了，时长都还在。"))
    return go("volunteer_teams.show", volunteer_team_id=member.team_id)


def _shown(
    team: Any,
    status: int = 200,
    application: ApplyForm | None = None,
    invitation: InviteForm | None = None,
) -> ResponseReturnValue:
    return page(
        "volunteering/teams/show.html",
        status,
        block="members",
        team=team,
        application=application or ApplyForm(),
        invitation=invitation or InviteForm(),
    )


def _founding(form: FoundForm, status: int = 200) -> ResponseReturnValue:
    return page("volunteering/teams/new.html", status, block="team_form", form=form)


def _editing(team: Team, form: TeamForm, leader: LeaderForm, status: int = 200) -> ResponseReturnValue:
    template = "volunteering/teams/edit.html"
    return page(template, status, block="team_form", team=team, form=form, leader_form=leader)
