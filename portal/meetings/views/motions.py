"""The clerk's page of motions: written down, seconded, amended, and hands in one tally."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import motions as act
from ..forms_room import CountForm, MotionForm, SeconderForm
from ..models import Meeting
from ..policy import Can
from ..queries import rooms as queries
from ..room import Motion
from ..tally import Choice
from ..words import MotionState
from .rooms import unchanged

routes = Routes("motions")
PLACE = "/meetings/<int:meeting_id>/motions"
ONE = "/motions/<int:motion_id>"


@routes.get(PLACE, may=Can.RUN_ROOM, of=queries.room_page)
def index(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _motions(meeting)


@routes.get(PLACE + "/live", may=Can.RUN_ROOM, of=queries.pulse)
def live(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return unchanged(actor, meeting) or _motions(queries.room_page(actor, meeting.id))


@routes.post(PLACE, may=Can.RUN_ROOM, of=Meeting)
def create(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    room = queries.room_page(actor, meeting.id)
    form = MotionForm(_members(room), _amendable(room))
    if form.validate_on_submit():
        with form.catching(Conflict, on="text"):
            act.raise_motion(
                actor,
                meeting,
                text=form.text.data,
                moved_by_id=form.moved_by_id.data,
                amends_id=form.amends_id.data or None,
                once=form.once.data,
            )
            return go("motions.index", meeting_id=meeting.id)
    return _motions(room, 422, "motion_form", motion_form=form)


@routes.post(ONE + "/seconder", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def enter_second(actor: Actor, motion: Motion) -> ResponseReturnValue:
    room = queries.room_page(actor, motion.meeting_id)
    form = SeconderForm(_members(room))
    if form.validate_on_submit():
        act.enter_second(actor, motion, invitation_id=form.invitation_id.data)
    else:
        flash(_("请选谁附议。"))
    return go("motions.index", meeting_id=motion.meeting_id)


@routes.post(ONE + "/putting", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def put(actor: Actor, motion: Motion) -> ResponseReturnValue:
    act.put_motion(actor, motion)
    return go("motions.index", meeting_id=motion.meeting_id)


@routes.post(ONE + "/withdrawal", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def withdraw(actor: Actor, motion: Motion) -> ResponseReturnValue:
    act.withdraw_motion(actor, motion)
    return go("motions.index", meeting_id=motion.meeting_id)


@routes.post(ONE + "/hands/<int:asked_id>", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def enter_hand(actor: Actor, motion: Motion, asked_id: int) -> ResponseReturnValue:
    choice = request.form.get("choice", "")
    if choice in set(Choice):
        act.enter_hand(actor, motion, invitation_id=asked_id, choice=Choice(choice))
    return go("motions.index", meeting_id=motion.meeting_id)


@routes.post(ONE + "/count", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def count(actor: Actor, motion: Motion) -> ResponseReturnValue:
    form = CountForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="n_for"):
            act.count_hands(
                actor,
                motion,
                n_for=form.n_for.data or 0,
                n_against=form.n_against.data or 0,
                n_abstain=form.n_abstain.data or 0,
            )
            return go("motions.index", meeting_id=motion.meeting_id)
    return _motions(queries.room_page(actor, motion.meeting_id), 422, "hands", count_form=form)


@routes.post(ONE + "/decision", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def decide(actor: Actor, motion: Motion) -> ResponseReturnValue:
    act.decide_motion(actor, motion)
    return go("motions.index", meeting_id=motion.meeting_id)


def _members(room: Any) -> list[tuple[int, str]]:
    return [(i.id, i.substitute or i.name) for i in room.invitations if i.member and i.present]


def _amendable(room: Any) -> list[tuple[int, str]]:
    """What can be worded otherwise: motions on the item that hands were not asked for."""
    early = (MotionState.MOVED, MotionState.SECONDED)
    return [
        (m.id, m.text[:30])
        for m in room.motions
        if room.item and m.item_id == room.item.id and m.amends_id is None and m.state in early
    ]


def _motions(
    room: Any,
    status: int = 200,
    block: str = "hands",
    motion_form: MotionForm | None = None,
    count_form: CountForm | None = None,
) -> ResponseReturnValue:
    proposed = (
        room.item.motion if room.item and not any(m.item_id == room.item.id for m in room.motions) else ""
    )
    put = room.put
    counted = {
        "n_for": put.room_for if put else 0,
        "n_against": put.room_against if put else 0,
        "n_abstain": put.room_abstain if put else 0,
    }
    return page(
        "meetings/motions/index.html",
        status,
        block=block,
        meeting=room,
        seconder_form=SeconderForm(_members(room), formdata=None),
        motion_form=motion_form or MotionForm(_members(room), _amendable(room), formdata=None, text=proposed),
        count_form=count_form or CountForm(formdata=None, **counted),
    )
