"""The list of projects, a project's page and notice, starting and stopping."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, Invalid
from ...core.exports import listed
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.scanning import scan_of
from ...core.text import _
from ...core.timeline import timeline
from ...councils.models import Council
from ...councils.policy import Can as CouncilCan
from ...councils.queries import council_of
from ...councils.words import Party
from ...decisions.models import Decision
from .. import queries
from ..actions.finishing import stop_project
from ..actions.starting import Share, Step, Use, begin_work, sign_contract, start_project
from ..events import ProjectCompleted
from ..forms import ContractForm, ProjectForm, StopForm
from ..lifecycle import PROJECT
from ..listings import PROJECTS
from ..models import Project
from ..people import for_charge, for_supervision
from ..policy import Can

routes = Routes("projects")


@routes.get("/projects", may=CouncilCan.SEE_COUNCIL, of=council_of)
def index(actor: Actor, council: Council) -> ResponseReturnValue:
    return listed(PROJECTS, actor, request.args, "projects/projects/index.html", council=council)


@routes.get("/projects/<int:project_id>", may=Can.SEE, of=queries.project_page)
def show(actor: Actor, project: Any) -> ResponseReturnValue:
    return page(
        "projects/projects/show.html",
        project=project,
        today=actor.today,
        unmet=lambda: PROJECT.unmet(actor, project, ProjectCompleted),
        lines=lambda: timeline(actor, project.story),
    )


@routes.get("/projects/<int:project_id>/notice", may=Can.SEE, of=queries.project_page)
def notice(actor: Actor, project: Any) -> ResponseReturnValue:
    address = f"/projects/{project.id}"
    return page(
        "projects/projects/notice.html",
        project=project,
        today=actor.today,
        scan=scan_of(address),
        back=address,
    )


@routes.get("/decisions/<int:decision_id>/project/new", may=Can.START, of=Decision)
def new(actor: Actor, decision: Decision) -> ResponseReturnValue:
    return _starting(
        decision,
        _form(actor, decision, title=decision.title, party=Party.PROPERTY.value, begins_on=actor.today),
    )


@routes.post("/decisions/<int:decision_id>/project/new", may=Can.START, of=Decision)
def create(actor: Actor, decision: Decision) -> ResponseReturnValue:
    form = _form(actor, decision)
    if form.validate_on_submit():
        with form.catching():
            project = _start(actor, decision, form)
            flash(_("项目立好了，进展、花费和验收都会公开在这里。"))
            return go("projects.show", project_id=project.id)
    return _starting(decision, form, 422)


@routes.post("/projects/<int:project_id>/beginning", may=Can.BEGIN, of=Project, back="projects.show")
def begin(actor: Actor, project: Project) -> ResponseReturnValue:
    begin_work(actor, project)
    return go("projects.show", project_id=project.id)


@routes.get("/projects/<int:project_id>/stop", may=Can.STOP, of=Project)
def stopping(actor: Actor, project: Project) -> ResponseReturnValue:
    return page("projects/projects/stop.html", project=project, form=StopForm())


@routes.post("/projects/<int:project_id>/stop", may=Can.STOP, of=Project)
def stop(actor: Actor, project: Project) -> ResponseReturnValue:
    form = StopForm()
    if not form.validate_on_submit():
        return page("projects/projects/stop.html", 422, block="stop_form", project=project, form=form)
    stop_project(actor, project, reason=form.reason.data)
    flash(_("项目停了，理由大家都看得到。"))
    return go("projects.show", project_id=project.id)


@routes.get("/projects/<int:project_id>/contract", may=Can.CONTRACT, of=Project)
def ask_contract(actor: Actor, project: Project) -> ResponseReturnValue:
    form = ContractForm(contractor=project.contractor, on=actor.today)
    return page("projects/projects/contract.html", project=project, form=form)


@routes.post("/projects/<int:project_id>/contract", may=Can.CONTRACT, of=Project)
def contract(actor: Actor, project: Project) -> ResponseReturnValue:
    form = ContractForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            on, amount = form.on.data, form.amount.data or 0
            assert on is not None
            sign_contract(actor, project, contractor=form.contractor.data, on=on, amount=amount)
            flash(_("合同记下了，大家都看得到。"))
            return go("projects.show", project_id=project.id, anchor="contract")
    return page("projects/projects/contract.html", 422, block="contract_form", project=project, form=form)


def _form(actor: Actor, decision: Decision, **given: Any) -> ProjectForm:
    return ProjectForm(for_charge(actor, decision), for_supervision(actor, decision), **given)


def _start(actor: Actor, decision: Decision, form: ProjectForm) -> Project:
    return start_project(
        actor,
        decision,
        title=form.title.data,
        summary=form.summary.data,
        party=Party(form.party.data),
        in_charge_id=form.in_charge.data,
        supervisor_ids=form.supervisors.data or (),
        milestones=_steps(form),
        budget=_uses(form),
        funding=[
            Share(source, part.amount.data, part.note.data)
            for source, _word, part in form.sources()
            if part.amount.data
        ],
        contractor=form.contractor.data,
        begins_on=form.begins_on.data,
        once=form.once.data,
    )


def _steps(form: ProjectForm) -> list[Step]:
    """Rows with anything in them; one without a day cannot be kept."""
    filled = [p for p in form.milestones if p.title.data or p.due_on.data]
    if any(not (p.title.data and p.due_on.data) for p in filled):
        raise Invalid(_("每个节点都要写做什么和哪天完成。"), "milestones")
    return [Step(p.title.data, p.due_on.data, p.weight.data or 1) for p in filled]


def _uses(form: ProjectForm) -> list[Use]:
    filled = [p for p in form.budget if p.title.data or p.amount.data]
    return [Use(p.title.data, p.amount.data or 0) for p in filled]


def _starting(decision: Decision, form: ProjectForm, status: int = 200) -> ResponseReturnValue:
    return page("projects/projects/new.html", status, block="project_form", decision=decision, form=form)
