"""Reporting the work as complete; the supervisors' yes or no; closing the file."""

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Invalid
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.finishing import accept_project, close_project, refuse_project, report_completion
from ..forms import AcceptanceForm, CompletionForm
from ..models import Project
from ..policy import Can
from ..uploads import photos_of

routes = Routes("acceptance")


@routes.get("/projects/<int:project_id>/completion", may=Can.COMPLETE, of=Project)
def completion(actor: Actor, project: Project) -> ResponseReturnValue:
    return page("projects/acceptance/completion.html", project=project, form=CompletionForm())


@routes.post("/projects/<int:project_id>/completion", may=Can.COMPLETE, of=Project)
def complete(actor: Actor, project: Project) -> ResponseReturnValue:
    form = CompletionForm()
    if form.validate_on_submit():
        with form.catching():
            report_completion(
                actor,
                project,
                report=form.report.data,
                once=form.once.data,
                photos=photos_of(form, project),
            )
            flash(_("完工报告发出了，监督小组会来验收。"))
            return go("projects.show", project_id=project.id, anchor="acceptance")
    return page(
        "projects/acceptance/completion.html", 422, block="completion_form", project=project, form=form
    )


@routes.get("/projects/<int:project_id>/acceptance", may=Can.INSPECT, of=Project)
def new(actor: Actor, project: Project) -> ResponseReturnValue:
    return page("projects/acceptance/new.html", project=project, form=AcceptanceForm())


@routes.post("/projects/<int:project_id>/acceptance", may=Can.INSPECT, of=Project)
def create(actor: Actor, project: Project) -> ResponseReturnValue:
    form = AcceptanceForm()
    if form.validate_on_submit():
        with form.catching():
            _decide(actor, project, form)
            return go("projects.show", project_id=project.id, anchor="acceptance")
    return page("projects/acceptance/new.html", 422, block="acceptance_form", project=project, form=form)


@routes.post("/projects/<int:project_id>/closing", may=Can.CLOSE, of=Project, back="projects.show")
def close(actor: Actor, project: Project) -> ResponseReturnValue:
    close_project(actor, project)
    flash(_("项目归档了，资料都留在这里。"))
    return go("projects.show", project_id=project.id)


def _decide(actor: Actor, project: Project, form: AcceptanceForm) -> None:
    if form.verdict.data == "accept":
        accept_project(actor, project, finding=form.finding.data)
        flash(_("验收通过，请大家来评价。"))
        return
    if form.redo_by.data is None:
        raise Invalid(_("要返工，请选一个期限。"), "redo_by")
    refuse_project(
        actor,
        project,
        finding=form.finding.data,
        defects=form.defects.data.splitlines(),
        redo_by=form.redo_by.data,
    )
    flash(_("返工的地方和期限已经公开。"))
