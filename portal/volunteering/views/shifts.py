"""Shifts: adding, moving, cancelling; signing up and withdrawing; the sheet of paper."""

from datetime import timedelta
from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import planning as act
from ..actions import signing_up
from ..actions.planning import ShiftWords
from ..forms import ReasonForm, ShiftForm, SignUpForm
from ..models.shifts import Service, Shift, SignUp
from ..policy import Can
from ..queries.shifts import people_of, service_page, shift_page
from ..words import SignUpState
from .serving import shown

routes = Routes("shifts")
USUAL_HOUR, USUAL_LENGTH = 9, timedelta(hours=2)


@routes.get("/services/<int:service_id>/shifts/new", may=Can.ADD_SHIFT, of=Service)
def new(actor: Actor, service: Service) -> ResponseReturnValue:
    starts_at = clock.at(actor.today + timedelta(days=3), USUAL_HOUR)
    return _adding(service, ShiftForm(starts_at=starts_at, ends_at=starts_at + USUAL_LENGTH, needed=5))


@routes.post("/services/<int:service_id>/shifts/new", may=Can.ADD_SHIFT, of=Service)
def create(actor: Actor, service: Service) -> ResponseReturnValue:
    form = ShiftForm()
    if form.validate_on_submit():
        with form.catching():
            act.add_shift(actor, service, words=_words(form))
            flash(_("班次排好了。"))
            return go("services.show", service_id=service.id)
    return _adding(service, form, 422)


@routes.get("/shifts/<int:shift_id>", may=Can.SEE_SHIFT, of=Shift)
def show(actor: Actor, shift: Shift) -> ResponseReturnValue:
    return go("services.show", service_id=shift.service_id, anchor=f"shift-{shift.id}")


@routes.get("/shifts/<int:shift_id>/edit", may=Can.MOVE_SHIFT, of=Shift)
def edit(actor: Actor, shift: Shift) -> ResponseReturnValue:
    return _editing(shift, ShiftForm(obj=shift))


@routes.post("/shifts/<int:shift_id>/edit", may=Can.MOVE_SHIFT, of=Shift)
def update(actor: Actor, shift: Shift) -> ResponseReturnValue:
    form = ShiftForm()
    if form.validate_on_submit():
        with form.catching():
            act.move_shift(actor, shift, words=_words(form))
            flash(_("班次改好了。"))
            return go("services.show", service_id=shift.service_id)
    return _editing(shift, form, 422)


@routes.get("/shifts/<int:shift_id>/cancellation", may=Can.MOVE_SHIFT, of=shift_page)
def cancelling(actor: Actor, shift: Any) -> ResponseReturnValue:
    return _cancelling(shift, ReasonForm())


@routes.post("/shifts/<int:shift_id>/cancellation", may=Can.MOVE_SHIFT, of=shift_page)
def cancel(actor: Actor, shift: Any) -> ResponseReturnValue:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="because"):
            act.cancel_shift(actor, visible(actor, Shift, shift.id), because=form.because.data)
            flash(_("取消了，报了名的人会看到为什么。"))
            return go("services.show", service_id=shift.service_id)
    return _cancelling(shift, form, 422)


@routes.post("/shifts/<int:shift_id>/sign-ups", may=Can.SIGN_UP, of=Shift, back="shifts.show")
def sign_up(actor: Actor, shift: Shift) -> ResponseReturnValue:
    form = SignUpForm()
    if form.validate_on_submit():
        with form.catching():
            made = signing_up.sign_up(actor, shift, risk_read=form.risk_read.data)
            if made.state is SignUpState.WAITING:
                flash(_("人满了，您排在候补里。前面有人退出就补上您，首页会告诉您。"))
            else:
                flash(_("报上名了。开始前首页会提醒您。"))
            return go("services.show", service_id=shift.service_id, anchor=f"shift-{shift.id}")
    return shown(actor, service_page(actor, shift.service_id), 422, form, shift.id)


@routes.post("/sign-ups/<int:sign_up_id>/withdrawal", may=Can.WITHDRAW, of=SignUp, back="shift_doors.person")
def withdraw(actor: Actor, sign_up: SignUp) -> ResponseReturnValue:
    signing_up.withdraw(actor, sign_up)
    flash(_("退掉了，名额给了下一位。"))
    return go("services.show", service_id=sign_up.service_id, anchor=f"shift-{sign_up.shift_id}")


@routes.post("/sign-ups/<int:sign_up_id>/noted", may=Can.NOTE, of=SignUp, back="shift_doors.person")
def note(actor: Actor, sign_up: SignUp) -> ResponseReturnValue:
    signing_up.note(actor, sign_up)
    flash(_("好的，到时候见。") if actor.now < sign_up.starts_at else _("好的，您看过了。"))
    return go("services.show", service_id=sign_up.service_id, anchor=f"shift-{sign_up.shift_id}")


@routes.get("/shifts/<int:shift_id>/sheet", may=Can.PRINT_SHEET, of=shift_page)
def sheet(actor: Actor, shift: Any) -> ResponseReturnValue:
    back = f"/services/{shift.service_id}"
    return page("volunteering/shifts/sheet.html", shift=shift, people=people_of(shift), back=back)


def _words(form: ShiftForm) -> ShiftWords:
    return ShiftWords(
        starts_at=form.starts_at.data,
        ends_at=form.ends_at.data,
        venue=form.venue.data,
        needed=form.needed.data,
        sign_up_by=form.sign_up_by.data,
        withdraw_by=form.withdraw_by.data,
    )


def _adding(service: Service, form: ShiftForm, status: int = 200) -> ResponseReturnValue:
    address = f"/services/{service.id}"
    return _form(service.title, address, f"{address}/shifts/new", form, status, True)


def _editing(shift: Shift, form: ShiftForm, status: int = 200) -> ResponseReturnValue:
    return _form("", f"/services/{shift.service_id}", f"/shifts/{shift.id}/edit", form, status, False)


def _form(
    title: str, back: str, address: str, form: ShiftForm, status: int, adding: bool
) -> ResponseReturnValue:
    return page(
        "volunteering/shifts/edit.html",
        status,
        block="shift_form",
        form=form,
        title=title,
        back=back,
        address=address,
        adding=adding,
    )


def _cancelling(shift: Any, form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "volunteering/cancellation.html",
        status,
        block="cancellation_form",
        form=form,
        title=shift.title,
        back=f"/services/{shift.service_id}",
        address=f"/shifts/{shift.id}/cancellation",
        whole=False,
    )
