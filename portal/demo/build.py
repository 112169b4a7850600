"""Building the demo: all of it in one transaction, so that it is there whole or not at all."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from ..accounts import passwords
from ..assembly.countfile import matters_of
from ..assembly.models.votes import OwnersVote
from ..core import clock
from ..core.db import db, transaction
from ..core.errors import Conflict
from ..core.eventlog import Entry
from ..places.models import Place, PlaceKind
from .album import Album
from .asked import asked_around
from .cast import enrol
from .ground import COMMUNITY, lay
from .held import around_the_table
from .helping import lent_a_hand
from .honoured import honours
from .lifts import before_the_vote
from .plan import plan
from .shops import traded
from .sources import Broken, Story, stories, votes
from .tables import set_tables
from .teas import over_tea
from .telling import tell
from .thanked import thanked
from .told import Told
from .words import STAGES, VERDICTS

PASSWORD = "yishiting-demo"
"""Of everybody in the demo. It is printed, so a demo must never hold real people."""
BEFORE = timedelta(days=10)
"""How long before the first story the community was opened."""
OPENS = 9


def built(beside: bool = False) -> bool:
    """Whether the demo community is there. Raises Conflict if only others are, unless it may stand beside them."""
    names = list(db.session.scalars(sa.select(Place.name).where(Place.kind == PlaceKind.COMMUNITY)))
    if names and COMMUNITY not in names and not beside:
        raise Conflict("这个数据库里已经有别的社区，演示社区不放进真的门户里。")
    return COMMUNITY in names


def build(told: tuple[Story, ...] = (), today: date | None = None) -> None:
    """Build the demo (all stories and votes, or those that are `told`) as if set up `today`.

    Raises Broken if a topic or a vote did not arrive where its story says, or something lies in the future.
    """
    chosen = told or stories() + votes()
    day_zero = today or clock.today()
    planned = plan(chosen, day_zero)
    besides = (
        around_the_table,
        over_tea,
        asked_around,
        lent_a_hand,
        before_the_vote,
        honours,
        thanked,
        traded,
    )
    more = (deed for tell_of in besides for deed in tell_of(day_zero))
    deeds = sorted((*planned.deeds, *more), key=lambda deed: deed.at)
    opened = clock.local(deeds[0].at - BEFORE).date()
    password_hash = passwords.hashed(PASSWORD, int(current_app.config["PASSWORD_COST"]))
    with transaction():
        with clock.frozen(clock.at(opened, OPENS)):
            ground = lay(password_hash)
        people = enrol(ground, planned.crowds, password_hash, opened)
        telling = Told(day_zero, ground.council, people, ground.places, Album())
        tell(telling, deeds)
        set_tables(telling)
        _arrived(chosen, telling)


def _arrived(chosen: tuple[Story, ...], telling: Told) -> None:
    """Every topic and vote stands where its story leaves it, and nothing happened later than now."""
    for story in chosen:
        if story.key in telling.votes:
            _counted(story, telling.votes[story.key].vote)
            continue
        state = telling.topics[story.key].topic.state
        if state not in STAGES[story.stage, story.end]:
            raise Broken(f"{story.key} should stand at {story.stage}{story.end} and is {state}")
    last = db.session.scalar(sa.select(sa.func.max(Entry.at)))
    if last and last > clock.at(telling.day_zero + timedelta(days=1)):
        raise Broken(f"something happened in the future, at {last}")


def _counted(story: Story, vote: OwnersVote) -> None:
    """The vote stands at its state, and the count of every matter came out as the story says."""
    if vote.state != story.stage:
        raise Broken(f"{story.key} should stand at {story.stage} and is {vote.state}")
    for matter in matters_of(vote) if story.end else []:
        assert matter.result is not None
        came = _came(matter.result)
        if came != VERDICTS[story.end]:
            raise Broken(f"{story.key}: {matter.question} should be {story.end} and is {came}")


def _came(result: dict[str, Any]) -> tuple[Any, ...]:
    """What `VERDICTS` says of a question, or of an election: seats filled and seats vacant."""
    if "elected" in result:
        return len(result["elected"]), result["vacant"]
    missing = result["shortfalls"]["agreement"]
    return result["verdict"], missing["area"], missing["owners"]
