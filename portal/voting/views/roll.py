"""The roll: who may vote and who has, for those who remind; never how anybody voted."""

from flask import request
from flask.typing import ResponseReturnValue

from ...core.actor import Actor
from ...core.exports import JSON, attachment, listed
from ...core.routing import Routes
from .. import roll as rolls
from ..listings import roll_of
from ..models import Poll
from ..policy import Can

routes = Routes("roll")


@routes.get("/polls/<int:poll_id>/roll", may=Can.SEE_TURNOUT, of=Poll)
def index(actor: Actor, poll: Poll) -> ResponseReturnValue:
    return listed(roll_of(poll), actor, request.args, "voting/roll/index.html", poll=poll)


@routes.get("/polls/<int:poll_id>/roll.json", may=Can.SEE_TURNOUT, of=Poll)
def file(actor: Actor, poll: Poll) -> ResponseReturnValue:
    """The roll file whose SHA-256 was stored at the opening."""
    text = rolls.text(poll.id, rolls.lines(poll.id))
    return attachment(text, JSON, f"roll-{poll.number}.json")
