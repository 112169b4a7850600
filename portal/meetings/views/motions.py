"""The clerk's page of motions: written down, seconded, amended, and hands in one tally."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, Invalid
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
from .rooms import amendable, unchanged

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
    form = MotionForm(_members(room), amendable(room))
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
    if not form.validate_on_submit():
        return _refused(actor, motion, Conflict(_("请选谁附议。")))
    return _tried(
        actor, motion, lambda: act.enter_second(actor, motion, invitation_id=form.invitation_id.data)
    )


@routes.post(ONE + "/putting", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def put(actor: Actor, motion: Motion) -> ResponseReturnValue:
    return _tried(actor, motion, lambda: act.put_motion(actor, motion))


@routes.post(ONE + "/withdrawal", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def withdraw(actor: Actor, motion: Motion) -> ResponseReturnValue:
    return _tried(actor, motion, lambda: act.withdraw_motion(actor, motion))


@routes.post(ONE + "/hands/<int:asked_id>", may=Can.RUN_MOTION, of=Motion, back="rooms.of_motion")
def enter_hand(actor: Actor, motion: Motion, asked_id: int) -> ResponseReturnValue:
    choice = request.form.get("choice", "")
    if choice in set(Choice):
        try:
            act.enter_hand(actor, motion, invitation_id=asked_id, choice=Choice(choice))
        except (Conflict, Invalid) as refusal:
            return _refused(actor, motion, refusal)
    return go("motions.index", meeting_id=motion.meeting_id, names=1)


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
    return _tried(actor, motion, lambda: act.decide_motion(actor, motion))


def _tried(actor: Actor, motion: Motion, act_on: Callable[[], None]) -> ResponseReturnValue:
    """What stands in the way is said on the clerk's page, beside the button, and the meeting goes on."""
    try:
        act_on()
    except (Conflict, Invalid) as refusal:
        return _refused(actor, motion, refusal)
    return go("motions.index", meeting_id=motion.meeting_id)


def _refused(actor: Actor, motion: Motion, refusal: Conflict | Invalid) -> ResponseReturnValue:
    room: Any = queries.room_page(actor, motion.meeting_id)
    room.refused, room.refused_id = refusal.unmet, motion.id
    return _motions(room, refusal.status, "motions")


def _members(room: Any) -> list[tuple[int, str]]:
    return [(i.id, i.substitute or i.name) for i in room.invitations if i.member and i.present]


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
        members=_members(room),
        motion_form=motion_form or MotionForm(_members(room), amendable(room), formdata=None, text=proposed),
        count_form=count_form or CountForm(formdata=None, **counted),
    )
