"""Rating the finished work."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import queries
from ..actions.finishing import rate_project
from ..forms import RatingForm
from ..models import Project
from ..policy import Can

routes = Routes("ratings")


@routes.get("/projects/<int:project_id>/rating", may=Can.RATE, of=queries.project_page)
def new(actor: Actor, project: Any) -> ResponseReturnValue:
    form = RatingForm(stars=project.my_stars, body=project.my_words)
    return page("projects/ratings/new.html", project=project, form=form)


@routes.post("/projects/<int:project_id>/rating", may=Can.RATE, of=queries.project_page)
def create(actor: Actor, project: Any) -> ResponseReturnValue:
    form = RatingForm()
    if form.validate_on_submit():
        with form.catching():
            subject = visible(actor, Project, project.id)
            rate_project(actor, subject, stars=form.stars.data, body=form.body.data)
            flash(_("您的评价记下了，归档以前可以改。"))
            return go("projects.show", project_id=project.id, anchor="ratings")
    return page("projects/ratings/new.html", 422, block="rating_form", project=project, form=form)
