"""What polls add to the community's calendar: when one begins that was told of, and when one ends."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ..core import diary
from ..core.access import under
from ..core.db import db
from ..core.ical import Entry
from ..core.text import _
from .models import Poll
from .words import PollState

MOST = 100
LONG = timedelta(minutes=15)
"""How long the instant of an hour is drawn."""


def polls(place_path: str, now: datetime) -> list[Entry]:
    """Those that are to begin or are running; whatever is over leaves the calendar."""
    planned = sa.and_(Poll.state == PollState.DRAFT, Poll.opens_at.is_not(None))
    found = (
        sa.select(Poll.id, Poll.question, Poll.state, Poll.opens_at, Poll.closes_at, Poll.moved_at)
        .where(
            under(Poll.place_path, place_path),
            sa.or_(planned, Poll.state == PollState.OPEN),
            Poll.closes_at > now,
        )
        .order_by(Poll.closes_at)
        .limit(MOST)
    )
    entries = []
    for poll in db.session.execute(found):
        if poll.state is PollState.DRAFT:
            entries.append(
                _entry(poll, "opens", poll.opens_at, _("表态开始：%(question)s", question=poll.question))
            )
        entries.append(
            _entry(poll, "closes", poll.closes_at, _("表态截止：%(question)s", question=poll.question))
        )
    return entries


def _entry(poll: sa.Row[*tuple[object, ...]], which: str, at: datetime, title: str) -> Entry:
    address = f"/polls/{poll.id}"
    return Entry(f"poll-{poll.id}-{which}", at, at + LONG, poll.moved_at, title, address=address)


diary.add("polls", polls)
