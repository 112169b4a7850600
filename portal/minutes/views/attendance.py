"""Who was there and was not checked in: entered after the meeting, before the minutes go out."""

from typing import Any

from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...meetings.actions.arriving import enter_arrival, witness
from ...meetings.models import Meeting
from ..policy import Can
from ..queries import minutes as queries

routes = Routes("minutes_attendance")
PLACE = "/minutes/<int:minutes_id>/attendance"


@routes.get(PLACE, may=Can.SEND, of=queries.minutes_page)
def show(actor: Actor, minutes: Any) -> ResponseReturnValue:
    return page("minutes/attendance/show.html", minutes=minutes, refused=())


@routes.post(
    PLACE + "/<int:asked_id>/witness", may=Can.SEND, of=queries.person_page, back="minutes_attendance.show"
)
def see(actor: Actor, minutes: Any) -> ResponseReturnValue:
    """Whoever let himself in came, as somebody else says."""
    witness(actor, visible(actor, Meeting, minutes.meeting_id), invitation_id=minutes.person.id)
    return go("minutes_attendance.show", minutes_id=minutes.id)


@routes.post(PLACE + "/<int:asked_id>", may=Can.SEND, of=queries.person_page, back="minutes_attendance.show")
def enter(actor: Actor, minutes: Any) -> ResponseReturnValue:
    meeting = visible(actor, Meeting, minutes.meeting_id)
    try:
        enter_arrival(actor, meeting, invitation_id=minutes.person.id)
    except Conflict as refusal:
        why = refusal.reasons
        return page("minutes/attendance/show.html", 409, "attendance", minutes=minutes, refused=why)
    return go("minutes_attendance.show", minutes_id=minutes.id)
