"""The page of the log."""

import sqlalchemy as sa
from flask import request
from flask.typing import ResponseReturnValue

from ..core.actor import Actor
from ..core.db import db
from ..core.exports import listed
from ..core.routing import Routes
from ..places.models import Place
from .actions import note_export, note_viewing, viewed_lately
from .lines import entered_by, subject_address, told
from .listings import LOG
from .policy import AUDITORS, Can

routes = Routes("audit")


def audited_place(actor: Actor) -> Place | None:
    """The highest place whose log the actor answers for, else his community (where he is then refused)."""
    held = sorted((path for role, path in actor.grants if role in AUDITORS), key=len)
    path = held[0] if held else actor.community
    return db.session.scalar(sa.select(Place).where(Place.place_path == path))


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
