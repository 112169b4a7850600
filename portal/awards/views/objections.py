"""Objecting to a posted name, and answering."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.posting import answer_name_objection, object_to_name
from ..forms import NameObjectionForm, VerdictForm
from ..models import Award, AwardObjection, Nominee
from ..policy import Can
from ..queries.pages import open_to_objection
from ..words import Verdict

routes = Routes("award_objections")
AWARD = "/awards/<int:award_id>/objections/new"
HERE = "/award-objections/<int:award_objection_id>"


@routes.get(AWARD, may=Can.OBJECT, of=Award)
def new(actor: Actor, award: Award) -> ResponseReturnValue:
    return page(
        "awards/objection.html", award=award, form=NameObjectionForm(open_to_objection(actor, award.id))
    )


@routes.post(AWARD, may=Can.OBJECT, of=Award)
def create(actor: Actor, award: Award) -> ResponseReturnValue:
    form = NameObjectionForm(open_to_objection(actor, award.id))
    if form.validate_on_submit():
        with form.catching(Conflict):
            nominee, once = form.nominee_id.data, form.once.data
            object_to_name(actor, award, nominee_id=nominee, reason=form.reason.data, once=once)
            flash(_("异议收到了，会有人来查、来答复。"))
            return go("awards.show", award_id=award.id)
    return page("awards/objection.html", 422, block="objection_form", award=award, form=form)


@routes.get(HERE, may=Can.ANSWER, of=AwardObjection)
def ask(actor: Actor, objection: AwardObjection) -> ResponseReturnValue:
    return _answering(objection, VerdictForm())


@routes.post(HERE, may=Can.ANSWER, of=AwardObjection)
def answer(actor: Actor, objection: AwardObjection) -> ResponseReturnValue:
    form = VerdictForm()
    if form.validate_on_submit():
        with form.catching(Conflict):
            answer_name_objection(
                actor, objection, verdict=Verdict(form.verdict.data), answer=form.answer.data
            )
            flash(_("答复公布了。"))
            return go("awards.show", award_id=objection.award_id)
    return _answering(objection, form, 422)


def _answering(objection: AwardObjection, form: VerdictForm, status: int = 200) -> ResponseReturnValue:
    about: dict[str, Any] = {
        "award": db.session.get_one(Award, objection.award_id),
        "nominee": db.session.get_one(Nominee, objection.nominee_id),
    }
    return page("awards/answer.html", status, block="answer_form", objection=objection, form=form, **about)
