"""Reading: those who were there say of a line that it is right, or what is wrong; the recorder answers."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import confirming as act
from ..forms import AnswerForm, ObjectionForm
from ..models import Minutes
from ..policy import Can
from ..queries import minutes as queries

routes = Routes("minutes_marks")
PLACE = "/minutes/<int:minutes_id>"
LINE = PLACE + "/lines/<int:line_id>"
MARK = PLACE + "/objections/<int:mark_id>/answer"


@routes.post(PLACE + "/confirmation", may=Can.CONFIRM, of=Minutes, back="minutes.show")
def confirm_rest(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    act.confirm_rest(actor, minutes)
    flash(_("核对好了。到期以前，哪一行都还可以改。"))
    return go("minutes.show", minutes_id=minutes.id)


@routes.post(LINE + "/confirmation", may=Can.CONFIRM, of=queries.line_page, back="minutes.show")
def confirm_line(actor: Actor, minutes: Any) -> ResponseReturnValue:
    act.confirm_line(actor, visible(actor, Minutes, minutes.id), line_id=minutes.line.id)
    return go("minutes.show", minutes_id=minutes.id, anchor=f"line-{minutes.line.id}")


@routes.get(LINE + "/objection", may=Can.CONFIRM, of=queries.line_page)
def objecting(actor: Actor, minutes: Any) -> ResponseReturnValue:
    known = minutes.said.get(minutes.line.id)
    return _objecting(minutes, ObjectionForm(reason=known.reason if known else ""))


@routes.post(LINE + "/objection", may=Can.CONFIRM, of=queries.line_page)
def object_to_line(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = ObjectionForm()
    if form.validate_on_submit():
        with form.catching():
            subject = visible(actor, Minutes, minutes.id)
            act.object_to_line(actor, subject, line_id=minutes.line.id, reason=form.reason.data)
            flash(_("异议记下了，记录人会改，或者答复。"))
            return go("minutes.show", minutes_id=minutes.id, anchor=f"line-{minutes.line.id}")
    return _objecting(minutes, form, 422)


@routes.get(MARK, may=Can.ANSWER, of=queries.mark_page)
def answering(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return _answering(minutes, AnswerForm(answer=minutes.mark.answer))


@routes.post(MARK, may=Can.ANSWER, of=queries.mark_page)
def answer(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = AnswerForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="answer"):
            subject = visible(actor, Minutes, minutes.id)
            act.answer_mark(actor, subject, mark_id=minutes.mark.id, answer=form.answer.data)
            flash(_("答复好了。"))
            return go("minutes.show", minutes_id=minutes.id, anchor=f"line-{minutes.line.id}")
    return _answering(minutes, form, 422)


def _objecting(minutes: Any, form: ObjectionForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/marks/objection.html", status, block="objection_form", minutes=minutes, form=form)


def _answering(minutes: Any, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/marks/answer.html", status, block="answer_form", minutes=minutes, form=form)
