"""A community begins."""

import sqlalchemy as sa

from ...core import access
from ...core.actions import store
from ...core.actor import Actor
from ...core.db import db, transaction
from ...core.errors import Conflict
from ...core.eventlog import record
from ...core.text import _
from ..events import CommunityOpened
from ..models import Place, PlaceKind
from ..policy import Can
from .lines import line


def open_community(actor: Actor, *, name: str) -> Place:
    """A new community, the top of its own tree. Nothing is above it, so there is no subject to lock.

    Raises Conflict if there is one of this name.
    """
    with transaction():
        access.require(actor, Can.OPEN)
        name = line(name, 60, _("请写社区的名称。"), "name")
        same = sa.select(Place.id).where(Place.kind == PlaceKind.COMMUNITY, Place.name == name)
        if db.session.scalar(same):
            raise Conflict(_("已经有一个叫“%(name)s”的社区。", name=name))
        row = Place(kind=PlaceKind.COMMUNITY, name=name, label=name, sort_key=name, place_path="/new/")
        store(row)
        row.place_path = f"/{row.id}/"
        record(actor, row, CommunityOpened())
        return row
