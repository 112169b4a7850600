"""Ties: announcing a lot, drawing it, or calling a run-off."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core import clock
from ...core.actor import Actor
from ...core.forms import Form
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.ties import announce_lot, call_run_off, draw_lot
from ..leaves_result import tie_stage
from ..models import Poll
from ..policy import Can
from ..queries.pages import poll_page
from ..queries.ties import tie_of
from ..tie_forms import DrawForm, LotForm

routes = Routes("ties")


@routes.get("/polls/<int:poll_id>/tie", may=Can.BREAK_TIE, of=poll_page)
def show(actor: Actor, poll: Any) -> ResponseReturnValue:
    if not poll.tied:
        return go("results.ask", poll_id=poll.id)
    return _page(poll, 200)


@routes.post("/polls/<int:poll_id>/lot", may=Can.BREAK_TIE, of=Poll, back="ties.show")
def announce(actor: Actor, poll: Poll) -> ResponseReturnValue:
    form = LotForm()
    if form.validate_on_submit():
        assert form.draws_at.data is not None
        with form.catching():
            announce_lot(
                actor,
                poll,
                source=form.source.data,
                digits=form.digits.data or 0,
                draws_at=form.draws_at.data,
                first_witness=form.first_witness.data,
                second_witness=form.second_witness.data,
            )
            flash(_("抽签的办法已经公布，大家都看得到。"))
            return go("ties.show", poll_id=poll.id)
    return _page(poll_page(actor, poll.id), 422, form)


@routes.post("/polls/<int:poll_id>/draw", may=Can.BREAK_TIE, of=Poll, back="ties.show")
def draw(actor: Actor, poll: Poll) -> ResponseReturnValue:
    form = DrawForm()
    if form.validate_on_submit():
        with form.catching():
            draw_lot(actor, poll, seed=form.seed.data)
            return go("ties.show", poll_id=poll.id)
    return _page(poll_page(actor, poll.id), 422, form)


@routes.post("/polls/<int:poll_id>/run-off", may=Can.BREAK_TIE, of=Poll, back="ties.show")
def run_off(actor: Actor, poll: Poll) -> ResponseReturnValue:
    again = call_run_off(actor, poll)
    flash(_("样票备好了，请看一遍再开始。"))
    return go("polls.show", poll_id=again.id)


def _page(poll: Any, status: int, form: Form | None = None) -> ResponseReturnValue:
    tie = tie_of(poll)
    usual = DrawForm() if tie_stage(tie, clock.now()) == "due" else LotForm()
    return page("voting/ties/show.html", status, block="tie_form", poll=poll, tie=tie, form=form or usual)
