"""Where points are: in the community of whoever reads."""

import sqlalchemy as sa

from ...core.actor import Actor
from ...core.db import db
from ...places.models import Place


def community(actor: Actor) -> Place | None:
    """The reader's community; None for a visitor who chose none."""
    return db.session.scalar(sa.select(Place).where(Place.place_path == actor.community))
