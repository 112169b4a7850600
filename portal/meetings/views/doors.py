"""The door: checking people in by name, by the code on the wall, by a card; and the codes themselves."""

from typing import Any

from flask import current_app, flash, request
from flask.typing import ResponseReturnValue

from ...accounts.models import User
from ...core import door
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict
from ...core.limits import limit
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.scanning import scan_of
from ...core.text import _
from ..actions import arriving as act
from ..events import MeetingOpened
from ..forms_room import ArrivalForm, CardForm, CodeForm, GuestForm
from ..lifecycle import MEETING
from ..models import Meeting
from ..people import name_of
from ..policy import Can
from ..presence import closed_door
from ..queries import rooms as queries
from ..sides import Side

routes = Routes("doors")
PLACE = "/meetings/<int:meeting_id>"
TRIES, WINDOW = 10, 600
"""So often in so many seconds somebody may try a code."""


def secret() -> str:
    return str(current_app.config["SECRET_KEY"])


@routes.get(PLACE + "/door", may=Can.CHECK_IN, of=queries.room_page)
def show(actor: Actor, meeting: Any) -> ResponseReturnValue:
    """`card`: where the picture of a code leads whoever stands at the door and scans it with his phone."""
    return _door(actor, meeting, scanned=request.args.get("card", "")[:40])


@routes.post(PLACE + "/arrivals/<int:asked_id>", may=Can.CHECK_IN, of=Meeting, back="doors.show")
def check_in(actor: Actor, meeting: Meeting, asked_id: int) -> ResponseReturnValue:
    form = ArrivalForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="substitute"):
            himself, substitute = bool(form.himself.data), form.substitute.data
            act.check_in(actor, meeting, invitation_id=asked_id, substitute=substitute, himself=himself)
            return go("doors.show", meeting_id=meeting.id)
    return _door(actor, queries.room_page(actor, meeting.id), 422, arrival=form)


@routes.post(PLACE + "/departures/<int:asked_id>", may=Can.CHECK_IN, of=Meeting, back="doors.show")
def check_out(actor: Actor, meeting: Meeting, asked_id: int) -> ResponseReturnValue:
    act.check_out(actor, meeting, invitation_id=asked_id)
    return go("doors.show", meeting_id=meeting.id)


@routes.post(PLACE + "/witnesses/<int:asked_id>", may=Can.WITNESS, of=Meeting, back="meetings.show")
def witness(actor: Actor, meeting: Meeting, asked_id: int) -> ResponseReturnValue:
    act.witness(actor, meeting, invitation_id=asked_id)
    flash(_("记下了。"))
    return go("meetings.show", meeting_id=meeting.id)


@routes.post(PLACE + "/guests", may=Can.CHECK_IN, of=Meeting, back="doors.show")
def admit(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = GuestForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="who"):
            asked = act.admit(actor, meeting, who=form.who.data, side=Side(form.side.data))
            flash(_("%(who)s签到了。", who=name_of(asked)))
            return go("doors.show", meeting_id=meeting.id)
    return _door(actor, queries.room_page(actor, meeting.id), 422, guest=form)


@routes.post(PLACE + "/cards", may=Can.CHECK_IN, of=Meeting, back="doors.show")
def check_in_card(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = CardForm()
    if form.validate_on_submit():
        limit("meeting-card", f"{actor.id}:{meeting.id}", 200, WINDOW)
        with form.catching(Conflict, on="card"):
            act.check_in_card(actor, meeting, card=form.card.data, secret=secret())
            flash(_("签到了。"))
            return go("doors.show", meeting_id=meeting.id)
    return _door(actor, queries.room_page(actor, meeting.id), 422, card=form)


@routes.get(PLACE + "/check-in", may=Can.COME, of=queries.room_page)
def ask(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _coming(actor, meeting, CodeForm(code=request.args.get("code", "")[:12]))


@routes.post(PLACE + "/check-in", may=Can.COME, of=queries.room_page)
def come(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        limit("meeting-code", f"{actor.id}:{meeting.id}", TRIES, WINDOW)
        with form.catching(Conflict, on="code"):
            subject = db.session.get_one(Meeting, meeting.id)
            act.come(actor, subject, code=form.code.data, secret=secret())
            flash(_("您签到了。"))
            return go("rooms.show", meeting_id=meeting.id)
    return _coming(actor, meeting, form, 422)


def hung(actor: Actor, meeting: Any) -> dict[str, Any]:
    """What hangs on the wall at this moment: the code, its picture, and how long."""
    code = door.code(secret(), f"meeting:{meeting.id}", actor.now)
    scan = scan_of(f"/meetings/{meeting.id}/check-in?code={code}")
    return {"code": f"{code[:3]} {code[3:]}", "scan": scan, "seconds": door.left(actor.now)}


def _door(
    actor: Actor,
    meeting: Any,
    status: int = 200,
    arrival: ArrivalForm | None = None,
    guest: GuestForm | None = None,
    card: CardForm | None = None,
    scanned: str = "",
) -> ResponseReturnValue:
    return page(
        "meetings/doors/show.html",
        status,
        block="door",
        meeting=meeting,
        shut=closed_door(meeting, actor.now),
        unmet=MEETING.unmet(actor, meeting, MeetingOpened) if meeting.state == "called" else (),
        arrival_form=arrival,
        guest_form=guest or GuestForm(),
        card_form=card or CardForm(),
        scanned=scanned,
        wall=hung(actor, meeting),
    )


def _coming(actor: Actor, meeting: Any, form: CodeForm, status: int = 200) -> ResponseReturnValue:
    """The card is shown to its owner alone, not to those who act for him."""
    person = db.session.get(User, actor.id) if actor.id and actor.entered_by is None else None
    card = door.card(secret(), person.id, person.stamp) if person else ""
    return page(
        "meetings/doors/check_in.html",
        status,
        block="code_form",
        meeting=meeting,
        shut=closed_door(meeting, actor.now),
        form=form,
        card=card,
        picture=scan_of(f"/meetings/{meeting.id}/door?card={card}").picture if card else "",
    )
