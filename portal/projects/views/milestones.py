"""Milestones: reporting one as done, naming a new day."""

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.db import db
from ...core.errors import NotVisible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.telling import delay_milestone, finish_milestone
from ..forms import DelayForm, MilestoneForm
from ..models import Milestone, Project
from ..policy import Can
from ..uploads import photos_of

routes = Routes("milestones")


@routes.get("/projects/<int:project_id>/milestones/<int:milestone_id>/done", may=Can.MILESTONE, of=Project)
def finishing(actor: Actor, project: Project, milestone_id: int) -> ResponseReturnValue:
    return _finishing(project, milestone_id, MilestoneForm(done_on=actor.today))


@routes.post("/projects/<int:project_id>/milestones/<int:milestone_id>/done", may=Can.MILESTONE, of=Project)
def finish(actor: Actor, project: Project, milestone_id: int) -> ResponseReturnValue:
    form = MilestoneForm()
    if form.validate_on_submit():
        with form.catching():
            finish_milestone(
                actor,
                project,
                milestone_id=milestone_id,
                note=form.note.data,
                done_on=form.done_on.data,
                once=form.once.data,
                photos=photos_of(form, project),
            )
            flash(_("这个节点记成完成了。"))
            return go("projects.show", project_id=project.id, anchor="milestones")
    return _finishing(project, milestone_id, form, 422)


@routes.get("/projects/<int:project_id>/milestones/<int:milestone_id>/delay", may=Can.DELAY, of=Project)
def delaying(actor: Actor, project: Project, milestone_id: int) -> ResponseReturnValue:
    return _delaying(project, milestone_id, DelayForm())


@routes.post("/projects/<int:project_id>/milestones/<int:milestone_id>/delay", may=Can.DELAY, of=Project)
def delay(actor: Actor, project: Project, milestone_id: int) -> ResponseReturnValue:
    form = DelayForm()
    if form.validate_on_submit():
        with form.catching():
            due_on, reason = form.due_on.data, form.reason.data
            assert due_on is not None
            delay_milestone(actor, project, milestone_id=milestone_id, due_on=due_on, reason=reason)
            flash(_("延期和原因已经公开。"))
            return go("projects.show", project_id=project.id, anchor="milestones")
    return _delaying(project, milestone_id, form, 422)


def _finishing(
    project: Project, milestone_id: int, form: MilestoneForm, status: int = 200
) -> ResponseReturnValue:
    milestone = _milestone(project, milestone_id)
    return page(
        "projects/milestones/done.html",
        status,
        block="milestone_form",
        project=project,
        milestone=milestone,
        form=form,
    )


def _delaying(project: Project, milestone_id: int, form: DelayForm, status: int = 200) -> ResponseReturnValue:
    milestone = _milestone(project, milestone_id)
    return page(
        "projects/milestones/delay.html",
        status,
        block="delay_form",
        project=project,
        milestone=milestone,
        form=form,
    )


def _milestone(project: Project, milestone_id: int) -> Milestone:
    found = db.session.get(Milestone, milestone_id)
    if found is None or found.project_id != project.id:
        raise NotVisible()
    return found
