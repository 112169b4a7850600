"""The routes of accounts, and what several of its pages ask of a request."""

import sqlalchemy as sa
from flask import current_app, request

from ...core import access
from ...core.actor import Actor
from ...core.db import db
from ...core.limits import limit
from ...core.routing import Routes
from ...places.models import Place
from ...places.queries.tree import place_of_post
from ..models import STAFF

routes = Routes("accounts")

CODES, SIGN_INS, WINDOW = 60, 200, 600
"""Tries from one address in ten minutes: a whole service centre may share one."""


def limit_codes() -> None:
    limit("code", request.remote_addr or "", CODES, WINDOW)


def limit_sign_ins() -> None:
    limit("sign-in", request.remote_addr or "", SIGN_INS, WINDOW)


def secret() -> str:
    """What keys the digests of codes."""
    return str(current_app.config["SECRET_KEY"])


def cost() -> int:
    return int(current_app.config["PASSWORD_COST"])


def desk(actor: Actor, **_address: object) -> Place | None:
    """The place the actor's desk is for: the widest at which he has a staff post, else his community."""
    return place_of_post(actor, STAFF)


def own_place(actor: Actor, place_id: int) -> Place | None:
    """A place of the actor's community."""
    inside = access.under(Place.place_path, actor.community)
    return db.session.scalar(sa.select(Place).where(Place.id == place_id, inside))
