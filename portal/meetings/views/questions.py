"""The questions of a hearing: what was put to whom, and how far the answers are."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...councils.words import Party
from ..actions.questions import put_question
from ..forms_room import QuestionForm
from ..models import Meeting
from ..policy import Can
from ..queries.questions import questions_page
from .clerks import here

routes = Routes("questions")
PLACE = "/meetings/<int:meeting_id>/questions"


@routes.get(PLACE, may=Can.SEE, of=questions_page)
def index(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _shown(meeting, QuestionForm(here(meeting), formdata=None))


@routes.post(PLACE, may=Can.RUN_ROOM, of=questions_page)
def put(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = QuestionForm(here(meeting))
    if form.validate_on_submit():
        with form.catching(Conflict, on="text"):
            put_question(
                actor,
                visible(actor, Meeting, meeting.id),
                party=Party(form.party.data),
                text=form.text.data,
                asked_by_id=form.invitation_id.data,
                once=form.once.data,
            )
            flash(_("记下了，散会时自动请对方书面答复。"))
            return go("questions.index", meeting_id=meeting.id)
    return _shown(meeting, form, 422)


def _shown(meeting: Any, form: QuestionForm, status: int = 200) -> ResponseReturnValue:
    return page("meetings/questions/index.html", status, block="question_form", meeting=meeting, form=form)
