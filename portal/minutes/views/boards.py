"""Boards: what was said, who has it, what is done; and taking something home."""

from datetime import timedelta
from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict, NotVisible
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ...meetings.models import Meeting
from ...meetings.policy import Can as MeetingCan
from ...meetings.queries.rooms import note_page as room_note
from ...meetings.queries.rooms import pulse
from ...meetings.sides import Side
from ...meetings.views.rooms import unchanged
from ...meetings.words import ON_BOARD
from ..actions import claiming as act
from ..actions.tasks import Errand
from ..forms import ClaimForm, StrikingForm, TakingForm
from ..policy import Can
from ..queries import boards as queries
from ..words import Duty

routes = Routes("boards")
PLACE = "/meetings/<int:meeting_id>"
NOTE = PLACE + "/notes/<int:note_id>"
USUAL_DAYS = 14


@routes.get(PLACE + "/board", may=MeetingCan.SEE, of=queries.meeting_board)
def show(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return page("minutes/boards/show.html", meeting=meeting)


@routes.get(PLACE + "/board/live", may=MeetingCan.SEE, of=pulse)
def live(actor: Actor, meeting: Any) -> ResponseReturnValue:
    """For pages that ask again and again: nothing where nothing has happened."""
    if same := unchanged(actor, meeting):
        return same
    board = queries.meeting_board(actor, meeting.id)
    if board is None:
        raise NotVisible()
    return page("minutes/boards/show.html", meeting=board)


@routes.get("/bodies/<int:body_id>/board", may=MeetingCan.SEE_BODY, of=queries.body_board)
def of_body(actor: Actor, body: Any) -> ResponseReturnValue:
    return page("minutes/boards/body.html", body=body)


@routes.get(NOTE + "/claim", may=Can.CLAIM, of=queries.note_page)
def ask_claim(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _claiming(meeting, ClaimForm(side=Side.COMMUNITY, **_usual(actor, meeting)))


@routes.post(NOTE + "/claim", may=Can.CLAIM, of=queries.note_page)
def claim(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = ClaimForm()
    if form.validate_on_submit():
        with form.catching():
            assert form.due_on.data is not None
            duties = {Duty.LEAD: form.lead.data, Duty.HELP: form.help.data}
            errand = Errand(form.what.data, Side(form.side.data), form.due_on.data, duties)
            subject = visible(actor, Meeting, meeting.id)
            act.claim_note(actor, subject, note_id=meeting.card.id, errand=errand, once=form.once.data)
            flash(_("有人领了，到期请他说办到哪了。"))
            return go("boards.show", meeting_id=meeting.id, anchor=f"note-{meeting.card.id}")
    return _claiming(meeting, form, 422)


@routes.get(NOTE + "/taking", may=Can.TAKE_ON, of=queries.note_page)
def ask_taking(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _claiming(meeting, TakingForm(**_usual(actor, meeting)))


@routes.post(NOTE + "/taking", may=Can.TAKE_ON, of=queries.note_page)
def take_on(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = TakingForm()
    if form.validate_on_submit():
        with form.catching():
            assert form.due_on.data is not None
            what, day, once = form.what.data, form.due_on.data, form.once.data
            subject = visible(actor, Meeting, meeting.id)
            act.take_on_note(actor, subject, note_id=meeting.card.id, what=what, due_on=day, once=once)
            flash(_("您领了，到期会在首页提醒您。"))
            return go("boards.show", meeting_id=meeting.id, anchor=f"note-{meeting.card.id}")
    return _claiming(meeting, form, 422)


@routes.get(NOTE + "/striking", may=Can.STRIKE_NOTE, of=room_note)
def ask_striking(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _striking(meeting, StrikingForm())


@routes.post(NOTE + "/striking", may=Can.STRIKE_NOTE, of=room_note)
def strike(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = StrikingForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="reason"):
            subject = visible(actor, Meeting, meeting.id)
            act.strike_note(actor, subject, note_id=meeting.note.id, reason=form.reason.data)
            flash(_("划去了，理由大家看得到。"))
            on_board = meeting.kind in ON_BOARD
            return go("boards.show" if on_board else "meetings.show", meeting_id=meeting.id)
    return _striking(meeting, form, 422)


def _striking(meeting: Any, form: StrikingForm, status: int = 200) -> ResponseReturnValue:
    return page("minutes/boards/striking.html", status, block="striking_form", meeting=meeting, form=form)


def _usual(actor: Actor, meeting: Any) -> dict[str, Any]:
    return {"what": meeting.card.text[:120], "due_on": actor.today + timedelta(days=USUAL_DAYS)}


def _claiming(meeting: Any, form: ClaimForm | TakingForm, status: int = 200) -> ResponseReturnValue:
    own = isinstance(form, TakingForm)
    return page("minutes/boards/claim.html", status, block="claim_form", meeting=meeting, form=form, own=own)
