"""The diary of the work: its pages and their photos."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import files
from ...core.actor import Actor
from ...core.exports import listed
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.telling import post_update
from ..forms import UpdateForm
from ..listings import UPDATES, of_project
from ..models import Project, ProjectUpdate
from ..policy import Can
from ..uploads import photos_of

routes = Routes("diary")


@routes.get("/projects/<int:project_id>/updates", may=Can.SEE, of=Project)
def index(actor: Actor, project: Project) -> ResponseReturnValue:
    mine = of_project(UPDATES, project.id)
    return listed(mine, actor, request.args, "projects/diary/index.html", project=project)


@routes.get("/projects/<int:project_id>/updates/new", may=Can.UPDATE, of=Project)
def new(actor: Actor, project: Project) -> ResponseReturnValue:
    return page("projects/diary/new.html", project=project, form=UpdateForm())


@routes.post("/projects/<int:project_id>/updates/new", may=Can.UPDATE, of=Project)
def create(actor: Actor, project: Project) -> ResponseReturnValue:
    form = UpdateForm()
    if form.validate_on_submit():
        with form.catching():
            photos = photos_of(form, project)
            post_update(actor, project, body=form.body.data, once=form.once.data, photos=photos)
            flash(_("进展已经公开。"))
            return go("projects.show", project_id=project.id, anchor="diary")
    return page("projects/diary/new.html", 422, block="update_form", project=project, form=form)


@routes.get(
    "/updates/<int:project_update_id>/files/<int:file_id>/<size>", may=Can.SEE_UPDATE, of=ProjectUpdate
)
def file(actor: Actor, update: ProjectUpdate, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(update, file_id, size)
