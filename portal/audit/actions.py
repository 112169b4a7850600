"""Looking at the log is an event too."""

from datetime import timedelta

import sqlalchemy as sa

from ..core.actions import action
from ..core.actor import Actor
from ..core.db import db
from ..core.eventlog import Entry, record, reference
from ..places.models import Place
from .events import AuditExported, AuditViewed
from .policy import Can

ONCE = timedelta(hours=1)


def viewed_lately(actor: Actor, place: Place) -> bool:
    """Whether his looking at this place's log was stated within the hour."""
    seen = sa.select(Entry.id).where(
        Entry.actor_id == actor.id,
        Entry.subject == reference(place),
        Entry.name == AuditViewed.name,
        Entry.at > actor.now - ONCE,
    )
    return db.session.scalar(seen.limit(1)) is not None


@action(Can.SEE, share=True)
def note_viewing(actor: Actor, place: Place) -> None:
    """State that he looks at the log; once an hour."""
    if not viewed_lately(actor, place):
        record(actor, place, AuditViewed())


@action(Can.SEE, share=True)
def note_export(actor: Actor, place: Place) -> None:
    """State that he takes the log away as a file; every time."""
    record(actor, place, AuditExported())
