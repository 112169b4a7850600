"""Building the demo: all of it in one transaction, so that it is there whole or not at all."""

from collections import Counter
from datetime import date, timedelta

import sqlalchemy as sa
from flask import current_app

from ..accounts import passwords
from ..core import clock
from ..core.db import db, transaction
from ..core.errors import Conflict
from ..councils.models import Topic
from ..places.models import Place, PlaceKind
from .album import Album
from .cast import enrol, seat
from .ground import COMMUNITY, lay
from .plan import plan
from .sources import Story, stories
from .telling import tell
from .told import Told
from .words import STAGES

PASSWORD = "yishiting-demo"
"""Of everybody in the demo. It is printed, so a demo must never hold real people."""
BEFORE = timedelta(days=10)
"""How long before the first story the community was opened."""
OPENS = 9


class Broken(Exception):
    """The demo did not come out as its stories say."""


def standing(beside: bool = False) -> bool:
    """Whether the demo community is there. Raises Conflict if only others are, unless it may stand beside them."""
    names = list(db.session.scalars(sa.select(Place.name).where(Place.kind == PlaceKind.COMMUNITY)))
    if names and COMMUNITY not in names and not beside:
        raise Conflict("这个数据库里已经有别的社区，演示社区不放进真的门户里。")
    return COMMUNITY in names


def build(told: tuple[Story, ...] | None = None, today: date | None = None) -> Counter[str]:
    """Build the demo as if set up `today`. Returns verbs that were left out because their feature is missing.

    Raises Broken if a topic did not arrive at the stage its story names, or something lies in the future.
    """
    chosen = told or stories()
    day_zero = today or clock.today()
    planned = plan(chosen, day_zero)
    opened = clock.at(clock.local(planned.deeds[0].at - BEFORE).date(), OPENS)
    password_hash = passwords.hashed(PASSWORD, int(current_app.config["PASSWORD_COST"]))
    with transaction():
        with clock.frozen(opened):
            ground = lay(password_hash)
        people = enrol(ground, planned.crowds, password_hash, opened)
        with clock.frozen(opened + timedelta(days=5)):
            seat(ground, people)
        telling = Told(day_zero, ground.council_id, people, ground.places(), Album())
        left_out = tell(telling, planned.deeds)
        if not left_out:
            _arrived(chosen, telling)
    return left_out


def _arrived(chosen: tuple[Story, ...], telling: Told) -> None:
    states = dict(db.session.execute(sa.select(Topic.id, Topic.state)).tuples().all())
    for story in chosen:
        state = states[telling.topics[story.key].topic_id]
        if state not in STAGES[story.stage, story.end]:
            raise Broken(f"{story.key} should stand at {story.stage}{story.end} and is {state}")
