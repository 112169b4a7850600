"""At the place: who came and left, by the code or by name; times mended, hours confirmed."""

from typing import Any

from flask import current_app, flash, request
from flask.typing import ResponseReturnValue

from ...core import door
from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.limits import limit
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.scanning import scan_of
from ...core.text import _
from .. import rules
from ..actions import arriving as act
from ..actions.confirming import confirm as confirm_hours
from ..actions.confirming import confirm_training
from ..forms import CodeForm, ConfirmForm, HelperForm, TimesForm
from ..models.shifts import Shift, SignUp
from ..policy import Can
from ..queries.mine import holding
from ..queries.shifts import people_of, shift_page, sign_up_page
from ..rules import Span
from ..words import Kind

routes = Routes("shift_doors")
TRIES, WINDOW = 10, 600
"""So often in so many seconds somebody may try a code."""


def secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@routes.get("/shifts/<int:shift_id>/door", may=Can.RUN, of=shift_page)
def show(actor: Actor, shift: Any) -> ResponseReturnValue:
    return _door(actor, shift, HelperForm())


@routes.post("/shifts/<int:shift_id>/helpers", may=Can.RUN, of=shift_page, back="shift_doors.show")
def add(actor: Actor, shift: Any) -> ResponseReturnValue:
    form = HelperForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="who"):
            act.add_helper(
                actor,
                visible(actor, Shift, shift.id),
                who=form.who.data,
                arrived_at=form.arrived_at.data,
                left_at=form.left_at.data,
                because=form.because.data,
            )
            flash(_("%(who)s记上了。", who=form.who.data))
            return go("shift_doors.show", shift_id=shift.id)
    return _door(actor, shift, form, 422)


@routes.get("/shifts/<int:shift_id>/check-in", may=Can.COME, of=shift_page)
def ask(actor: Actor, shift: Any) -> ResponseReturnValue:
    return _coming(actor, shift, CodeForm(code=request.args.get("code", "")[:12]))


@routes.post("/shifts/<int:shift_id>/check-in", may=Can.COME, of=shift_page)
def come(actor: Actor, shift: Any) -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        limit("shift-code", f"{actor.id}:{shift.id}", TRIES, WINDOW)
        with form.catching(Conflict, on="code"):
            act.come(
                actor,
                visible(actor, Shift, shift.id),
                code=form.code.data,
                secret=secret(),
                leaving=form.leaving.data,
            )
            flash(_("签退了，辛苦您。") if form.leaving.data else _("您签到了。走的时候记得签退。"))
            return go("shift_doors.ask", shift_id=shift.id)
    return _coming(actor, shift, form, 422)


@routes.get("/sign-ups/<int:sign_up_id>", may=Can.SEE_SIGN_UP, of=sign_up_page)
def person(actor: Actor, sign_up: Any) -> ResponseReturnValue:
    return _person(actor, sign_up)


@routes.post("/sign-ups/<int:sign_up_id>/refusal", may=Can.REFUSE, of=SignUp, back="shift_doors.person")
def refuse(actor: Actor, sign_up: SignUp) -> ResponseReturnValue:
    act.refuse(actor, sign_up)
    flash(_("从名单上去掉了，不会记时长。"))
    return go("shift_doors.person", sign_up_id=sign_up.id)


@routes.post("/sign-ups/<int:sign_up_id>/arrival", may=Can.CHECK, of=SignUp, back="shift_doors.person")
def arrive(actor: Actor, sign_up: SignUp) -> ResponseReturnValue:
    act.check_in(actor, sign_up)
    return go("shift_doors.show", shift_id=sign_up.shift_id)


@routes.post("/sign-ups/<int:sign_up_id>/departure", may=Can.CHECK, of=SignUp, back="shift_doors.person")
def leave(actor: Actor, sign_up: SignUp) -> ResponseReturnValue:
    act.check_out(actor, sign_up)
    return go("shift_doors.show", shift_id=sign_up.shift_id)


@routes.post("/sign-ups/<int:sign_up_id>/absence", may=Can.CHECK, of=SignUp, back="shift_doors.person")
def absent(actor: Actor, sign_up: SignUp) -> ResponseReturnValue:
    act.mark_absent(actor, sign_up)
    return go("shift_doors.show", shift_id=sign_up.shift_id)


@routes.post("/sign-ups/<int:sign_up_id>/times", may=Can.CHECK, of=sign_up_page, back="shift_doors.person")
def correct(actor: Actor, sign_up: Any) -> ResponseReturnValue:
    form = TimesForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="because"):
            act.correct_times(
                actor,
                visible(actor, SignUp, sign_up.id),
                arrived_at=form.arrived_at.data,
                left_at=form.left_at.data,
                because=form.because.data,
            )
            flash(_("时间改好了。"))
            return go("shift_doors.show", shift_id=sign_up.shift_id)
    return _person(actor, sign_up, 422, times=form)


@routes.post(
    "/sign-ups/<int:sign_up_id>/confirmation", may=Can.CONFIRM, of=sign_up_page, back="shift_doors.person"
)
def confirm(actor: Actor, sign_up: Any) -> ResponseReturnValue:
    form = ConfirmForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="minutes"):
            trained = sign_up.kind == Kind.TRAINING
            (confirm_training if trained else confirm_hours)(
                actor,
                visible(actor, SignUp, sign_up.id),
                minutes=form.minutes.data,
                because=form.because.data,
                remark=form.remark.data,
            )
            flash(
                _("%(who)s参加了培训，记下了。", who=sign_up.name)
                if trained
                else _("%(who)s的时长确认了，记进了时长簿。", who=sign_up.name)
            )
            return go("shift_doors.show", shift_id=sign_up.shift_id)
    return _person(actor, sign_up, 422, confirmation=form)


def _door(actor: Actor, shift: Any, form: HelperForm, status: int = 200) -> ResponseReturnValue:
    code = door.code(secret(), f"shift:{shift.id}", actor.now)
    scan = scan_of(f"/shifts/{shift.id}/check-in?code={code}")
    return page(
        "volunteering/doors/show.html",
        status,
        block="door",
        shift=shift,
        people=people_of(shift),
        open=rules.door_open(Span(shift.starts_at, shift.ends_at), actor.now),
        form=form,
        code=f"{code[:3]} {code[3:]}",
        scan=scan,
    )


def _coming(actor: Actor, shift: Any, form: CodeForm, status: int = 200) -> ResponseReturnValue:
    template = "volunteering/doors/check_in.html"
    mine = holding(shift.id, actor.id)
    return page(template, status, block="code_form", shift=shift, form=form, mine=mine)


def _person(
    actor: Actor,
    sign_up: Any,
    status: int = 200,
    times: TimesForm | None = None,
    confirmation: ConfirmForm | None = None,
) -> ResponseReturnValue:
    arrived, left = sign_up.arrived_at or sign_up.starts_at, sign_up.left_at or sign_up.ends_at
    return page(
        "volunteering/doors/person.html",
        status,
        block="person",
        sign_up=sign_up,
        times=times or TimesForm(arrived_at=arrived, left_at=left, because=""),
        confirmation=confirmation or ConfirmForm(minutes=sign_up.counted),
    )
