"""The clerk's laptop: opening and closing, the agenda, who speaks, stakes, notes for later."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.pages import anew, go, page
from ...core.routing import Routes
from ...core.text import _
from ...councils.models import Council
from ...councils.queries import places_to_choose
from ...councils.words import Category
from ...places.models import Place
from ..actions import parking, running, turns
from ..afterwards import way_on
from ..events import MeetingOpened
from ..forms_room import NoteForm, NoteTopicForm, PersonStakeForm, SaidForm, SpeakerForm
from ..lifecycle import MEETING
from ..models import Meeting
from ..policy import Can
from ..queries import rooms as queries
from ..queries.bodies import places_of
from ..speaking import Stance
from ..words import MeetingState
from .rooms import unchanged

routes = Routes("clerks")
PLACE = "/meetings/<int:meeting_id>"


@routes.get(PLACE + "/clerk", may=Can.SEE_DESK, of=queries.room_page)
def show(actor: Actor, meeting: Any) -> ResponseReturnValue:
    """Before it is opened the page says when that can be, what is missing, and has the button."""
    return _desk(meeting) if meeting.state == MeetingState.OPEN else _waiting(actor, meeting)


@routes.get(PLACE + "/clerk/live", may=Can.SEE_DESK, of=queries.pulse)
def live(actor: Actor, meeting: Any) -> ResponseReturnValue:
    if same := unchanged(actor, meeting):
        return same
    room: Any = queries.room_page(actor, meeting.id)
    if room.state == MeetingState.OPEN:
        return anew() if "bare" in request.args else _desk(room)
    return _waiting(actor, room)


@routes.post(PLACE + "/opening", may=Can.OPEN, of=Meeting, back="meetings.show")
def open_meeting(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    running.open_meeting(actor, meeting)
    flash(_("开会了。"))
    return go("clerks.show", meeting_id=meeting.id)


@routes.post(PLACE + "/closing", may=Can.CLOSE, of=Meeting, back="meetings.show")
def close_meeting(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    try:
        running.close_meeting(actor, meeting)
    except Conflict as refusal:
        room: Any = queries.room_page(actor, meeting.id)
        room.refused = refusal.unmet
        return _desk(room, refusal.status, "closing")
    flash(_("散会了。"))
    return way_on(actor, meeting) or go("meetings.show", meeting_id=meeting.id)


@routes.post(PLACE + "/agenda/items/<int:item_id>/turn", may=Can.RUN_ROOM, of=Meeting, back="clerks.show")
def take_up(actor: Actor, meeting: Meeting, item_id: int) -> ResponseReturnValue:
    running.take_up(actor, meeting, item_id=item_id)
    return go("clerks.show", meeting_id=meeting.id)


@routes.post(PLACE + "/speakers", may=Can.RUN_ROOM, of=Meeting, back="clerks.show")
def enter_speaker(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    room = queries.room_page(actor, meeting.id)
    form = SpeakerForm(here(room))
    if form.validate_on_submit():
        with form.catching(Conflict, on="invitation_id"):
            who, stance = form.invitation_id.data, Stance(form.stance.data)
            turns.enter_speaker(actor, meeting, invitation_id=who, stance=stance)
            return go("clerks.show", meeting_id=meeting.id)
    return _desk(room, 422, "speaking", speaker_form=form)


@routes.post(PLACE + "/sayings", may=Can.RUN_ROOM, of=Meeting, back="clerks.show")
def note_said(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    room = queries.room_page(actor, meeting.id)
    form = SaidForm(here(room))
    if form.validate_on_submit():
        with form.catching(Conflict, on="invitation_id"):
            who, stance = form.invitation_id.data, Stance(form.stance.data)
            turns.note_said(actor, meeting, invitation_id=who, stance=stance, said=form.said.data)
            return go("clerks.show", meeting_id=meeting.id)
    return _desk(room, 422, "sayings", said_form=form)


@routes.post(PLACE + "/speakers/<int:turn_id>/turn", may=Can.RUN_ROOM, of=Meeting, back="clerks.show")
def give_turn(actor: Actor, meeting: Meeting, turn_id: int) -> ResponseReturnValue:
    turns.give_turn(actor, meeting, turn_id=turn_id)
    return go("clerks.show", meeting_id=meeting.id)


@routes.post(PLACE + "/speakers/<int:turn_id>/end", may=Can.RUN_ROOM, of=Meeting, back="clerks.show")
def end_turn(actor: Actor, meeting: Meeting, turn_id: int) -> ResponseReturnValue:
    turns.end_turn(actor, meeting, turn_id=turn_id)
    return go("clerks.show", meeting_id=meeting.id)


@routes.post(PLACE + "/speakers/<int:turn_id>/removal", may=Can.RUN_ROOM, of=Meeting, back="clerks.show")
def strike_speaker(actor: Actor, meeting: Meeting, turn_id: int) -> ResponseReturnValue:
    turns.strike_speaker(actor, meeting, turn_id=turn_id)
    return go("clerks.show", meeting_id=meeting.id)


@routes.post(PLACE + "/stakes", may=Can.RUN_ROOM, of=Meeting, back="clerks.show")
def enter_stake(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    room = queries.room_page(actor, meeting.id)
    form = PersonStakeForm(here(room))
    if form.validate_on_submit():
        with form.catching(Conflict, on="invitation_id"):
            turns.enter_stake(actor, meeting, invitation_id=form.invitation_id.data, what=form.what.data)
            flash(_("记下了，这一项他回避表态。"))
            return go("clerks.show", meeting_id=meeting.id)
    return _desk(room, 422, "stakes", stake_form=form)


@routes.post(PLACE + "/notes", may=Can.RUN_ROOM, of=Meeting, back="clerks.show")
def park(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    form = NoteForm()
    if form.validate_on_submit():
        with form.catching():
            parking.park_note(actor, meeting, text=form.text.data, once=form.once.data)
            return go("clerks.show", meeting_id=meeting.id)
    return _desk(queries.room_page(actor, meeting.id), 422, "parking", note_form=form)


@routes.get(PLACE + "/notes/<int:note_id>/topic", may=Can.RAISE_NOTE, of=queries.note_page)
def ask_topic(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _topic(meeting, NoteTopicForm(_places(meeting), title=meeting.note.text[:60]))


@routes.post(PLACE + "/notes/<int:note_id>/topic", may=Can.RAISE_NOTE, of=queries.note_page)
def raise_topic(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = NoteTopicForm(_places(meeting))
    if form.validate_on_submit():
        with form.catching():
            topic = parking.raise_note(
                actor,
                visible(actor, Meeting, meeting.id),
                note_id=meeting.note.id,
                title=form.title.data,
                category=Category(form.category.data),
                place=visible(actor, Place, form.place_id.data),
            )
            flash(_("列为议题了，街坊可以联署。"))
            return go("topics.show", topic_id=topic.id)
    return _topic(meeting, form, 422)


def here(room: Any) -> list[tuple[int, str]]:
    """Those who are in the room, as choices."""
    return [(i.id, i.substitute or i.name) for i in room.invitations if i.present]


def _places(meeting: Any) -> list[tuple[int, str]]:
    return places_of(places_to_choose(db.session.get_one(Council, meeting.council_id)))


def _topic(meeting: Any, form: NoteTopicForm, status: int = 200) -> ResponseReturnValue:
    return page("meetings/clerks/topic.html", status, block="topic_form", meeting=meeting, form=form)


def _waiting(actor: Actor, meeting: Any) -> ResponseReturnValue:
    unmet = MEETING.unmet(actor, meeting, MeetingOpened)
    return page("meetings/clerks/waiting.html", meeting=meeting, unmet=unmet)


def _desk(
    room: Any,
    status: int = 200,
    block: str = "speaking",
    speaker_form: SpeakerForm | None = None,
    stake_form: PersonStakeForm | None = None,
    note_form: NoteForm | None = None,
    said_form: SaidForm | None = None,
) -> ResponseReturnValue:
    speaking = (
        {"invitation_id": room.speaker.invitation_id, "stance": room.speaker.stance} if room.speaker else {}
    )
    return page(
        "meetings/clerks/show.html",
        status,
        block=block,
        meeting=room,
        speaker_form=speaker_form or SpeakerForm(here(room), formdata=None),
        stake_form=stake_form or PersonStakeForm(here(room), formdata=None),
        note_form=note_form or NoteForm(formdata=None),
        said_form=said_form or SaidForm(here(room), formdata=None, **speaking),
    )
