"""The room: what everybody sees while a meeting is in session, on a phone and on the wall, and what those who are there
do. The page asks every few seconds; while nothing has happened the answer is empty."""

from typing import Any

from flask import Response, flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.pages import anew, go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import motions, parking, turns
from ..forms_room import NoteForm, OwnMotionForm, StakeForm
from ..models import Meeting
from ..policy import Can
from ..queries import rooms as queries
from ..room import Motion
from ..speaking import Stance
from ..tally import Choice
from ..words import MotionState
from .doors import hung

routes = Routes("rooms")
PLACE = "/meetings/<int:meeting_id>"
MOTION = "/motions/<int:motion_id>"


@routes.get(PLACE + "/room", may=Can.SEE, of=queries.room_page)
def show(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _room(meeting)


@routes.get(PLACE + "/room/live", may=Can.SEE, of=queries.pulse)
def live(actor: Actor, meeting: Any) -> ResponseReturnValue:
    """For pages that ask again and again: nothing where nothing has happened. A page that was drawn before there was
    anything to write down (`bare`) is loaded anew once there is: forms stand outside the part that is drawn anew."""
    if same := unchanged(actor, meeting):
        return same
    room: Any = queries.room_page(actor, meeting.id)
    if room.writes and "bare" in request.args:
        return anew()
    return _room(room)


@routes.get(PLACE + "/wall", may=Can.CHECK_IN, of=queries.room_page)
def wall(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return page("meetings/rooms/wall.html", meeting=meeting, wall=hung(actor, meeting))


@routes.post(PLACE + "/room/stake", may=Can.TAKE_PART, of=Meeting, back="rooms.show")
def declare(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """“None” is a button of its own; a stake has to be told."""
    form = StakeForm()
    if not form.validate_on_submit() or ("none" not in request.form and not form.what.data):
        flash(_("请写是什么关系，例如：施工队是亲戚开的。"))
        return go("rooms.show", meeting_id=meeting.id)
    turns.declare_stake(actor, meeting, what="" if "none" in request.form else form.what.data)
    return go("rooms.show", meeting_id=meeting.id)


@routes.post(PLACE + "/room/turn", may=Can.TAKE_PART, of=Meeting, back="rooms.show")
def ask_to_speak(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    stance = request.form.get("stance", "")
    if stance in set(Stance):
        turns.ask_to_speak(actor, meeting, stance=Stance(stance))
    return go("rooms.show", meeting_id=meeting.id)


@routes.post(PLACE + "/room/turn/withdrawal", may=Can.TAKE_PART, of=Meeting, back="rooms.show")
def ask_no_more(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    turns.ask_no_more(actor, meeting)
    return go("rooms.show", meeting_id=meeting.id)


@routes.post(PLACE + "/room/notes", may=Can.TAKE_PART, of=Meeting, back="rooms.show")
def leave_note(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = NoteForm()
    if form.validate_on_submit():
        with form.catching():
            parking.leave_note(actor, meeting, text=form.text.data, once=form.once.data)
            flash(_("记下了，会后另外再议。"))
            return go("rooms.show", meeting_id=meeting.id)
    return _room(queries.room_page(actor, meeting.id), 422, form)


@routes.post(PLACE + "/room/motions", may=Can.MOVE_MOTION, of=Meeting, back="rooms.show")
def propose(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    room = queries.room_page(actor, meeting.id)
    form = OwnMotionForm(amendable(room))
    if form.validate_on_submit():
        with form.catching(Conflict, on="text"):
            text, once, amends_id = form.text.data, form.once.data, form.amends_id.data or None
            motions.move_motion(actor, meeting, text=text, once=once, amends_id=amends_id)
            flash(_("动议提出来了，等别的成员附议。"))
            return go("rooms.show", meeting_id=meeting.id)
    return _room(room, 422, motion_form=form)


@routes.post(MOTION + "/seconding", may=Can.SECOND, of=Motion, back="rooms.of_motion")
def second(actor: Actor, motion: Motion) -> ResponseReturnValue:
    motions.second_motion(actor, motion)
    return go("rooms.show", meeting_id=motion.meeting_id)


@routes.post(MOTION + "/hand", may=Can.SHOW_HAND, of=Motion, back="rooms.of_motion")
def show_hand(actor: Actor, motion: Motion) -> ResponseReturnValue:
    choice = request.form.get("choice", "")
    if choice in set(Choice):
        motions.show_hand(actor, motion, choice=Choice(choice))
    return go("rooms.show", meeting_id=motion.meeting_id)


@routes.get(MOTION, may=Can.SEE, of=queries.motion_page)
def of_motion(actor: Actor, meeting: Any) -> ResponseReturnValue:
    """Where the address of a motion leads: the room it was moved in."""
    return _room(meeting)


def unchanged(actor: Actor, meeting: Any) -> Response | None:
    """The empty answer where the page that asks has shown all there is."""
    same = request.args.get("seen") == queries.seen(meeting, actor.now)
    return Response(status=204) if same else None


def amendable(room: Any) -> list[tuple[int, str]]:
    """What can be worded otherwise: motions on the item that hands were not asked for."""
    early = (MotionState.MOVED, MotionState.SECONDED)
    return [
        (m.id, m.text[:30])
        for m in room.motions
        if room.item and m.item_id == room.item.id and m.amends_id is None and m.state in early
    ]


def _room(
    room: Any, status: int = 200, note_form: NoteForm | None = None, motion_form: OwnMotionForm | None = None
) -> ResponseReturnValue:
    return page(
        "meetings/rooms/show.html",
        status,
        block="motion_form" if motion_form else "note_form",
        meeting=room,
        form=note_form or NoteForm(formdata=None),
        motion_form=motion_form or OwnMotionForm(amendable(room), formdata=None),
    )
