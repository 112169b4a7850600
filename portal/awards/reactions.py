"""What awards do when one of their polls is certified or declared void, and by the clock."""

import sqlalchemy as sa

from ..core import ticks
from ..core.actor import Actor, system
from ..core.db import db
from ..core.eventlog import on
from ..voting.events import PollAnnulled, PollCertified
from ..voting.models import Poll
from .actions.announcing import close_due_nominations
from .actions.voting import count_category, release_category
from .models import Award, AwardCategory

ticks.add("close_nominations", close_due_nominations)


@on(PollCertified)
def certified(actor: Actor, poll: Poll, happened: PollCertified) -> None:
    if award := _award_of(poll):
        count_category(system(actor.now), award, poll, outcome=happened.outcome)


@on(PollAnnulled)
def annulled(actor: Actor, poll: Poll, _happened: PollAnnulled) -> None:
    if award := _award_of(poll):
        release_category(system(actor.now), award, poll)


def _award_of(poll: Poll) -> Award | None:
    if not poll.occasion:
        return None
    found = sa.select(Award).join(AwardCategory, AwardCategory.award_id == Award.id)
    return db.session.scalar(found.where(AwardCategory.poll_id == poll.id))
