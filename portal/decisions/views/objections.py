"""Objections: raising, answering, the list of all."""

from dataclasses import replace

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import listed
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.objecting import answer_objection, object_to
from ..forms import AnswerForm, ObjectionForm
from ..listings import OBJECTIONS
from ..models import Decision, Objection
from ..policy import Can

routes = Routes("objections")


@routes.get("/decisions/<int:decision_id>/objections", may=Can.SEE, of=Decision)
def index(actor: Actor, decision: Decision) -> ResponseReturnValue:
    of_this = replace(OBJECTIONS, select=OBJECTIONS.select.where(Objection.decision_id == decision.id))
    return listed(of_this, actor, request.args, "decisions/objections/index.html", decision=decision)


@routes.get("/decisions/<int:decision_id>/objections/new", may=Can.OBJECT, of=Decision)
def new(actor: Actor, decision: Decision) -> ResponseReturnValue:
    return page("decisions/objections/new.html", decision=decision, form=ObjectionForm())


@routes.post("/decisions/<int:decision_id>/objections/new", may=Can.OBJECT, of=Decision)
def create(actor: Actor, decision: Decision) -> ResponseReturnValue:
    form = ObjectionForm()
    if not form.validate_on_submit():
        return page(
            "decisions/objections/new.html", 422, block="objection_form", decision=decision, form=form
        )
    object_to(actor, decision, reason=form.reason.data, once=form.once.data)
    flash(_("异议收到了。答复完每一条异议，决定才能生效。"))
    return go("decisions.show", decision_id=decision.id, anchor="objections")


@routes.get("/objections/<int:objection_id>", may=Can.SEE_OBJECTION, of=Objection)
def show(actor: Actor, objection: Objection) -> ResponseReturnValue:
    return go("decisions.show", decision_id=objection.decision_id, anchor=f"objection-{objection.id}")


@routes.get("/objections/<int:objection_id>/answer", may=Can.ANSWER, of=Objection)
def answer(actor: Actor, objection: Objection) -> ResponseReturnValue:
    return _answering(actor, objection, AnswerForm())


@routes.post("/objections/<int:objection_id>/answer", may=Can.ANSWER, of=Objection)
def give_answer(actor: Actor, objection: Objection) -> ResponseReturnValue:
    form = AnswerForm()
    if not form.validate_on_submit():
        return _answering(actor, objection, form, 422)
    answer_objection(actor, objection, answer=form.answer.data)
    flash(_("答复已经公开。"))
    return go("decisions.show", decision_id=objection.decision_id, anchor=f"objection-{objection.id}")


def _answering(
    actor: Actor, objection: Objection, form: AnswerForm, status: int = 200
) -> ResponseReturnValue:
    decision = visible(actor, Decision, objection.decision_id)
    return page(
        "decisions/objections/answer.html",
        status,
        block="answer_form",
        objection=objection,
        decision=decision,
        form=form,
    )
