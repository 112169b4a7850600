"""Answering an invitation: coming, not coming, somebody else."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.errors import Conflict
from ...core.pages import go, page
from ...core.routing import Routes
from ...core.text import _
from ..actions.calling import answer_invitation
from ..forms import ReplyForm
from ..models import Invitation
from ..policy import Can
from ..queries import meetings as queries
from ..words import Reply

routes = Routes("replies")


@routes.get("/invitations/<int:invitation_id>/reply", may=Can.REPLY, of=Invitation)
def edit(actor: Actor, invitation: Invitation) -> ResponseReturnValue:
    said = {"reply": invitation.reply.value, "substitute": invitation.substitute}
    return _answering(actor, invitation, said)


@routes.post("/invitations/<int:invitation_id>/reply", may=Can.REPLY, of=Invitation)
def update(actor: Actor, invitation: Invitation) -> ResponseReturnValue:
    meeting = queries.meeting_page(actor, invitation.meeting_id)
    form = ReplyForm(_may_send(meeting, invitation))
    if form.validate_on_submit():
        with form.catching(Conflict, on="reply"):
            reply, substitute, phone = Reply(form.reply.data), form.substitute.data, form.phone.data
            answer_invitation(actor, invitation, reply=reply, substitute=substitute, phone=phone)
            flash(_("回复记下了，开会以前还可以改。"))
            return go("meetings.show", meeting_id=invitation.meeting_id)
    template = "meetings/replies/edit.html"
    return page(template, 422, block="reply_form", invitation=invitation, meeting=meeting, form=form)


def _may_send(meeting: Any, invitation: Invitation) -> bool:
    """Whether somebody else may come; once the seat was taken that is said at the door."""
    return bool(meeting and (meeting.substitutes or not invitation.member)) and invitation.arrived_at is None


def _answering(actor: Actor, invitation: Invitation, said: dict[str, str]) -> ResponseReturnValue:
    meeting = queries.meeting_page(actor, invitation.meeting_id)
    form = ReplyForm(_may_send(meeting, invitation), **said)
    return page("meetings/replies/edit.html", invitation=invitation, meeting=meeting, form=form)
