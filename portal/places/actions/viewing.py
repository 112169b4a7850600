"""That somebody looked at owners' names is an event too."""

from datetime import timedelta

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import Entry, record, reference
from ..events import RegisterExported, RegisterViewed
from ..models import Place, Unit
from ..policy import Can

ONCE = timedelta(hours=1)


def viewed_lately(actor: Actor, page: Place | Unit) -> bool:
    """Whether his looking at this page was stated within the hour."""
    seen = sa.select(Entry.id).where(
        Entry.actor_id == actor.id,
        Entry.subject == reference(page),
        Entry.name == RegisterViewed.name,
        Entry.at > actor.now - ONCE,
    )
    return db.session.scalar(seen.limit(1)) is not None


@action(Can.SEE_OWNERS, share=True)
def note_viewing(actor: Actor, page: Place | Unit) -> None:
    """State that he looks at the owners' names of a place or a unit; once an hour for each page."""
    if not viewed_lately(actor, page):
        record(actor, page, RegisterViewed())


@action(Can.SEE_OWNERS, share=True)
def note_export(actor: Actor, page: Place | Unit) -> None:
    """State that he takes the owners' names of a place away as a file."""
    record(actor, page, RegisterExported())
