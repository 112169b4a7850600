"""The book of hours: correcting a line, saying that something is wrong, answering."""

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import certifying as act
from ..actions.confirming import correct_hours
from ..forms import AnswerForm, CorrectionForm, ObjectionForm
from ..models.book import HoursEntry, HoursObjection
from ..models.people import Volunteer
from ..policy import Can
from ..queries.people import own, volunteer_with
from .volunteers import own_page

routes = Routes("hours")


@routes.get("/hours-entries/<int:hours_entry_id>/correction", may=Can.CORRECT, of=HoursEntry)
def correcting(actor: Actor, entry: HoursEntry) -> ResponseReturnValue:
    return _correcting(entry, CorrectionForm(minutes=entry.minutes))


@routes.post("/hours-entries/<int:hours_entry_id>/correction", may=Can.CORRECT, of=HoursEntry)
def correct(actor: Actor, entry: HoursEntry) -> ResponseReturnValue:
    form = CorrectionForm()
    if form.validate_on_submit():
        with form.catching():
            correct_hours(actor, entry, minutes=form.minutes.data, because=form.because.data)
            flash(_("更正记进了时长簿，原来的那一行还在。"))
            return go("volunteers.show", volunteer_id=volunteer_with(entry.user_id))
    return _correcting(entry, form, 422)


@routes.post("/volunteering/mine/objections", may=Can.OBJECT_TO_HOURS, of=own, back="volunteers.mine")
def objecting(actor: Actor, volunteer: Volunteer) -> ResponseReturnValue:
    form = ObjectionForm()
    if form.validate_on_submit():
        with form.catching():
            act.object_to_hours(actor, volunteer, text=form.text.data, once=form.once.data)
            flash(_("交给社区了，答复会写在这里。"))
            return go("volunteers.mine")
    return own_page(actor, 422, form)


@routes.get("/hours-objections/<int:hours_objection_id>", may=Can.SEE_OBJECTION, of=HoursObjection)
def show(actor: Actor, objection: HoursObjection) -> ResponseReturnValue:
    return _answering(objection, AnswerForm())


@routes.post(
    "/hours-objections/<int:hours_objection_id>/answer",
    may=Can.ANSWER_OBJECTION,
    of=HoursObjection,
    back="hours.show",
)
def answer(actor: Actor, objection: HoursObjection) -> ResponseReturnValue:
    form = AnswerForm()
    if form.validate_on_submit():
        with form.catching():
            act.answer_objection(actor, objection, answer=form.answer.data)
            flash(_("答复好了。"))
            return go("hours.show", hours_objection_id=objection.id)
    return _answering(objection, form, 422)


def _correcting(entry: HoursEntry, form: CorrectionForm, status: int = 200) -> ResponseReturnValue:
    return page("volunteering/hours/correction.html", status, block="correction_form", entry=entry, form=form)


def _answering(objection: HoursObjection, form: AnswerForm, status: int = 200) -> ResponseReturnValue:
    template = "volunteering/hours/objection.html"
    return page(
        template,
        status,
        block="answer_form",
        objection=objection,
        volunteer_id=volunteer_with(objection.user_id),
        form=form,
    )
