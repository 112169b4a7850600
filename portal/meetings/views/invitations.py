"""Who is asked to a meeting."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.finding import visible
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions import calling as act
from ..forms import InterestForm, InvitationForm
from ..models import Meeting
from ..policy import Can
from ..queries import meetings as queries
from ..sides import Side
from ..words import Interest

routes = Routes("invitations")
PLACE = "/meetings/<int:meeting_id>/invitations"


@routes.get(PLACE, may=Can.INVITE, of=queries.meeting_page)
def index(actor: Actor, meeting: Any) -> ResponseReturnValue:
    return _asking(meeting, InvitationForm())


@routes.post(PLACE, may=Can.INVITE, of=queries.meeting_page)
def create(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = InvitationForm()
    if form.validate_on_submit():
        with form.catching(Conflict, on="who"):
            asked = act.invite(
                actor,
                visible(actor, Meeting, meeting.id),
                who=form.who.data,
                side=Side(form.side.data),
                interest=Interest(form.interest.data) if form.interest.data else None,
            )
            if asked.user_id is None:
                flash(_("记下了。他没有账号，通知要打电话或者送到手里。"))
            else:
                flash(_("已经邀请。"))
            return go("invitations.index", meeting_id=meeting.id)
    return _asking(meeting, form, 422)


@routes.post(
    PLACE + "/<int:asked_id>/withdrawal", may=Can.INVITE, of=queries.invitation_page, back="invitations.index"
)
def withdraw(actor: Actor, meeting: Any) -> ResponseReturnValue:
    act.withdraw_invitation(actor, visible(actor, Meeting, meeting.id), invitation_id=meeting.asked.id)
    return go("invitations.index", meeting_id=meeting.id)


@routes.get(PLACE + "/<int:asked_id>/interest", may=Can.INVITE, of=queries.invitation_page)
def interest(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = InterestForm(interest=meeting.asked.interest or "")
    return page("meetings/invitations/interest.html", meeting=meeting, form=form)


@routes.post(PLACE + "/<int:asked_id>/interest", may=Can.INVITE, of=queries.invitation_page)
def set_interest(actor: Actor, meeting: Any) -> ResponseReturnValue:
    form = InterestForm()
    if not form.validate_on_submit():
        template = "meetings/invitations/interest.html"
        return page(template, 422, block="interest_form", meeting=meeting, form=form)
    chosen = Interest(form.interest.data) if form.interest.data else None
    subject = visible(actor, Meeting, meeting.id)
    act.set_interest(actor, subject, invitation_id=meeting.asked.id, interest=chosen)
    return go("invitations.index", meeting_id=meeting.id)


def _asking(meeting: Any, form: InvitationForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "meetings/invitations/index.html",
        status,
        block="invitations",
        meeting=meeting,
        missing=queries.missing_at(meeting),
        form=form,
    )
