"""Official responses: asking, giving, rating."""

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import clock, files
from ...core.actor import Actor
from ...core.files import keep_paper
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import rules
from ..actions.responding import ask_response, give_response, rate_response
from ..forms import AskForm, ResponseForm
from ..models import Response, ResponseState, Topic
from ..policy import Can
from ..words import Party

routes = Routes("responses")
USUAL_DAYS = 5


@routes.get("/topics/<int:topic_id>/responses/new", may=Can.ASK, of=Topic)
def new(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = AskForm(due_at=clock.local(rules.due(actor.now, USUAL_DAYS)))
    return page("councils/responses/new.html", topic=topic, form=form)


@routes.post("/topics/<int:topic_id>/responses/new", may=Can.ASK, of=Topic)
def create(actor: Actor, topic: Topic) -> ResponseReturnValue:
    form = AskForm()
    if form.validate_on_submit() and form.due_at.data:
        with form.catching():
            party, due_at = Party(form.party.data), form.due_at.data
            ask_response(actor, topic, party=party, question=form.question.data, due_at=due_at)
            flash(_("已经请对方回应，到时间会公开标出。"))
            return go("topics.show", topic_id=topic.id, anchor="responses")
    return page("councils/responses/new.html", 422, block="ask_form", topic=topic, form=form)


@routes.get("/responses/<int:response_id>", may=Can.SEE_RESPONSE, of=Response)
def show(actor: Actor, response: Response) -> ResponseReturnValue:
    return go("topics.show", topic_id=response.topic_id, anchor=f"response-{response.id}")


@routes.get("/responses/<int:response_id>/edit", may=Can.RESPOND, of=Response)
def edit(actor: Actor, response: Response) -> ResponseReturnValue:
    if response.state != ResponseState.ASKED:
        return go("topics.show", topic_id=response.topic_id, anchor=f"response-{response.id}")
    return _answering(actor, response, ResponseForm())


@routes.post("/responses/<int:response_id>/edit", may=Can.RESPOND, of=Response)
def update(actor: Actor, response: Response) -> ResponseReturnValue:
    form = ResponseForm()
    if form.validate_on_submit():
        with form.catching():
            papers = [k for upload in form.papers.data or () if (k := keep_paper(upload, "papers"))]
            give_response(
                actor, response, body=form.body.data, cost=form.cost.data, days=form.days.data, papers=papers
            )
            flash(_("回应已经公开。"))
            return go("topics.show", topic_id=response.topic_id, anchor=f"response-{response.id}")
    return _answering(actor, response, form, 422)


@routes.post("/responses/<int:response_id>/rating", may=Can.RATE_RESPONSE, of=Response, back="responses.show")
def rating(actor: Actor, response: Response) -> ResponseReturnValue:
    rate_response(actor, response, solved=request.form.get("solved") == "1")
    return go("topics.show", topic_id=response.topic_id, anchor=f"response-{response.id}")


@routes.get("/responses/<int:response_id>/files/<int:file_id>/<size>", may=Can.SEE_RESPONSE, of=Response)
def file(actor: Actor, response: Response, file_id: int, size: str) -> ResponseReturnValue:
    return files.send(response, file_id, size)


def _answering(
    actor: Actor, response: Response, form: ResponseForm, status: int = 200
) -> ResponseReturnValue:
    topic = visible(actor, Topic, response.topic_id)
    return page(
        "councils/responses/edit.html",
        status,
        block="response_form",
        response=response,
        topic=topic,
        form=form,
    )
