"""The sheet that people without an account read and sign, and what they wrote on it, entered one by one."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, NotVisible
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from .. import paper
from ..actions import on_paper as act
from ..forms import SignatureForm
from ..models import Minutes
from ..policy import Can
from ..queries import minutes as queries
from ..words import Stance

routes = Routes("minutes_signatures")
PLACE = "/minutes/<int:minutes_id>/signatures"
ONE = PLACE + "/<int:asked_id>"
SHOWN = 40
"""Characters of a line by which it is picked."""


@routes.get(PLACE, may=Can.ENTER_PAPER, of=queries.minutes_page)
def index(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return page("minutes/signatures/index.html", minutes=minutes, signers=queries.signers(minutes))


@routes.get(PLACE + "/sheet", may=Can.ENTER_PAPER, of=queries.minutes_page)
def sheet(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return page(
        "minutes/signatures/sheet.html",
        minutes=minutes,
        lines=paper.numbered(minutes.document),
        facts=paper.facts(minutes.document),
        signers=queries.signers(minutes),
        back=f"/minutes/{minutes.id}/signatures",
    )


@routes.get(ONE, may=Can.ENTER_PAPER, of=queries.person_page)
def edit(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return _entering(minutes, SignatureForm(_lines(minutes), signed_on=actor.today))


@routes.post(ONE, may=Can.ENTER_PAPER, of=queries.person_page)
def enter(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = SignatureForm(_lines(minutes))
    if form.validate_on_submit():
        with form.catching(Conflict, on="stance"):
            _enter(actor, minutes, form)
            return go("minutes_signatures.index", minutes_id=minutes.id)
    return _entering(minutes, form, 422)


def _enter(actor: Actor, minutes: Any, form: SignatureForm) -> None:
    subject, day = visible(actor, Minutes, minutes.id), form.signed_on.data
    assert day is not None
    if form.stance.data == Stance.RIGHT:
        act.enter_signature(actor, subject, invitation_id=minutes.person.id, signed_on=day)
        flash(_("录好了，和别人的核对一样算数。"))
        return
    act.enter_objection(
        actor,
        subject,
        invitation_id=minutes.person.id,
        line_id=form.line_id,
        reason=form.reason.data,
        signed_on=day,
    )
    flash(_("异议录好了。他还写了别的，请接着录。"))


def _lines(minutes: Any) -> list[tuple[str, str]]:
    return [
        (str(line["id"]), f"{n}. {line['text'][:SHOWN]}")
        for n, line, _item in paper.numbered(minutes.document)
    ]


def _entering(minutes: Any, form: SignatureForm, status: int = 200) -> ResponseReturnValue:
    if minutes.person.sitter_id is not None or minutes.person.arrived_at is None:
        raise NotVisible()
    return page("minutes/signatures/enter.html", status, block="signature_form", minutes=minutes, form=form)
