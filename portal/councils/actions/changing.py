"""Changing what a council is called and the rules it gave itself; what it was before is kept."""

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict
from ...core.eventlog import record
from ...core.text import _
from .. import rules
from ..events import CouncilChanged, TopicQualified
from ..models import Council, CouncilBefore, Topic
from ..policy import Can
from ..words import Party, TopicState
from .stops import advance
from .table import named, within


@action(Can.CHANGE)
def change_council(
    actor: Actor, council: Council, *, name: str, endorsements_needed: int, screening_days: int, seen: int
) -> None:
    """Call it otherwise, or ask for more or fewer endorsements or days. Nothing changed is no change.

    `seen`: how often it had been changed when the page was made. Topics that have enough households by the new number
    go to screening at once. Raises Invalid with the field, Conflict if somebody changed it meanwhile.
    """
    said = (named(name), *within(endorsements_needed, screening_days))
    before = (council.name, council.endorsements_needed, council.screening_days)
    if said == before:
        return
    if seen != council.changes:
        raise Conflict(_("您写的时候，别人改过。请看一眼现在的，再存一次就照您写的。"))
    assert actor.id is not None
    store(
        CouncilBefore(
            council_id=council.id,
            name=before[0],
            endorsements_needed=before[1],
            screening_days=before[2],
            until=actor.now,
            changed_by_id=actor.id,
        )
    )
    gathering = _gathering(council)
    council.name, council.endorsements_needed, council.screening_days = said
    council.changes += 1
    record(actor, council, CouncilChanged())
    until = rules.due(actor.now, council.screening_days)
    for topic in gathering:
        if topic.households >= council.endorsements_needed:
            advance(actor, topic, TopicQualified(topic.households), Party.COMMUNITY, until)


def _gathering(council: Council) -> list[Topic]:
    """Those that look for households, as they are now and all held before any count is: whoever endorses one holds it
    before the counts, too, and what he adds is seen here or sees the new number."""
    wanted = (
        sa.select(Topic)
        .where(Topic.council_id == council.id, Topic.state == TopicState.GATHERING)
        .order_by(Topic.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return [topic for topic in db.session.scalars(wanted) if topic.state is TopicState.GATHERING]
