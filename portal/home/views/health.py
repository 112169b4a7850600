"""Whether the portal and its database answer; for the machine that watches, not for people."""

import logging

import sqlalchemy as sa
from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from ...core.actor import Actor
from ...core.db import db
from ...core.routing import PUBLIC, Routes
from ..release import release

routes = Routes("health")
log = logging.getLogger("portal.health")


@routes.get("/healthz", may=PUBLIC)
def healthz(actor: Actor) -> ResponseReturnValue:
    """200 while the database answers, else 503; says the version and nothing about anybody."""
    up = answers()
    reply = jsonify(status="ok" if up else "database down", version=release())
    reply.headers["Cache-Control"] = "no-store"
    return reply, 200 if up else 503


def answers() -> bool:
    """Whether the database answers the smallest question."""
    try:
        db.session.execute(sa.select(1)).scalar_one()
    except SQLAlchemyError:
        log.exception("health: the database does not answer")
        db.session.rollback()
        return False
    return True
