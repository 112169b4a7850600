"""The register of minutes, their page, sending out, sealing, adding."""

from typing import Any

import sqlalchemy as sa
from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core import access
from ...core.actor import Actor
from ...core.db import db
from ...core.exports import listed
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...core.timeline import timeline
from ...councils.models import Council
from ...councils.policy import Can as CouncilCan
from ...councils.queries import council_of
from ...meetings import afterwards
from ...meetings.models import Meeting
from .. import rules
from ..actions.confirming import send_minutes
from ..actions.sealing import seal_minutes
from ..actions.writing import add_addendum
from ..events import MinutesSealed, MinutesSent
from ..forms import AddendumForm, SendingForm
from ..lifecycle import MINUTES
from ..listings import MINUTES as LIST
from ..models import Minutes
from ..policy import Can
from ..queries import minutes as queries

routes = Routes("minutes")
PLACE = "/minutes/<int:minutes_id>"


@routes.get("/minutes", may=CouncilCan.SEE_COUNCIL, of=council_of)
def index(actor: Actor, council: Council) -> ResponseReturnValue:
    return listed(LIST, actor, request.args, "minutes/minutes/index.html", council=council)


@routes.get(PLACE, may=Can.SEE, of=queries.minutes_page)
def show(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return page(
        "minutes/minutes/show.html",
        minutes=minutes,
        missing=lambda: MINUTES.unmet(actor, minutes, MinutesSent),
        unmet=lambda: MINUTES.unmet(actor, minutes, MinutesSealed),
        warnings=lambda: queries.warnings(minutes),
        lines=lambda: timeline(actor, minutes.story),
    )


@routes.get(PLACE + "/sending", may=Can.SEND, of=queries.minutes_page)
def sending(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return _sending(actor, minutes, SendingForm(until=rules.usual_end(actor.now)))


@routes.post(PLACE + "/sending", may=Can.SEND, of=queries.minutes_page)
def send(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = SendingForm()
    if form.validate_on_submit():
        with form.catching():
            assert form.until.data is not None
            send_minutes(actor, visible(actor, Minutes, minutes.id), until=form.until.data)
            flash(_("发出去了，到会的人在首页会看到。"))
            return go("minutes.show", minutes_id=minutes.id)
    return _sending(actor, minutes, form, 422)


@routes.post(PLACE + "/sealing", may=Can.SEAL, of=Minutes, back="minutes.show")
def seal(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    seal_minutes(actor, minutes)
    flash(_("定稿了，编号 %(number)s。", number=minutes.number))
    return go("minutes.show", minutes_id=minutes.id)


@routes.get(PLACE + "/addenda/new", may=Can.ADD, of=queries.minutes_page)
def adding(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return _adding(minutes, AddendumForm())


@routes.post(PLACE + "/addenda/new", may=Can.ADD, of=queries.minutes_page)
def add(actor: Actor, minutes: Any) -> ResponseReturnValue:
    form = AddendumForm()
    if form.validate_on_submit():
        with form.catching():
            subject = visible(actor, Minutes, minutes.id)
            add_addendum(actor, subject, text=form.text.data, once=form.once.data)
            flash(_("补记好了，跟在定稿后面。"))
            return go("minutes.show", minutes_id=minutes.id)
    return _adding(minutes, form, 422)


def _after_the_close(actor: Actor, meeting: Meeting) -> ResponseReturnValue | None:
    """Whoever closed the meeting and writes its minutes goes on to the draft."""
    minutes = db.session.scalar(sa.select(Minutes).where(Minutes.meeting_id == meeting.id))
    if minutes is None or not access.may(actor, Can.WRITE, minutes):
        return None
    return go("minutes.show", minutes_id=minutes.id)


afterwards.add("minutes", _after_the_close)


def _sending(actor: Actor, minutes: Any, form: SendingForm, status: int = 200) -> ResponseReturnValue:
    unmet = MINUTES.unmet(actor, minutes, MinutesSent)
    return page(
        "minutes/minutes/sending.html", status, block="sending_form", minutes=minutes, form=form, unmet=unmet
    )


def _adding(minutes: Any, form: AddendumForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/minutes/adding.html", status, block="adding_form", minutes=minutes, form=form)
