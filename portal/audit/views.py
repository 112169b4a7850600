"""The page of the log."""

from flask import request
from flask.typing import ResponseReturnValue

from ..core.actor import Actor
from ..core.exports import listed
from ..core.routing import Routes
from ..places.models import Place
from ..places.queries.tree import place_of_post
from .actions import note_export, note_viewing, viewed_lately
from .lines import entered_by, subject_address, told
from .listings import LOG
from .policy import AUDITORS, Can

routes = Routes("audit")


def audited_place(actor: Actor) -> Place | None:
    """The widest place whose log the actor answers for, else his community (where he is then refused)."""
    return place_of_post(actor, AUDITORS)


@routes.get("/audit", may=Can.SEE, of=audited_place)
def index(actor: Actor, place: Place) -> ResponseReturnValue:
    if request.args.get("format") in ("csv", "xlsx"):
        note_export(actor, place)
    elif not viewed_lately(actor, place):
        note_viewing(actor, place)
    return listed(
        LOG,
        actor,
        request.args,
        "audit/index.html",
        told=told,
        entered_by=entered_by,
        subject_address=subject_address,
    )
