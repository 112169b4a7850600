"""That somebody took owners' names away on paper or in a file is an event too."""

from datetime import timedelta

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import Entry, record, reference
from ..events import EvidenceTaken, PapersPrinted
from ..models.votes import OwnersVote
from ..policy import Can

ONCE = timedelta(hours=1)


@action(Can.SEE_EVIDENCE, share=True)
def note_evidence(actor: Actor, vote: OwnersVote) -> None:
    """State that he takes the evidence pack away."""
    record(actor, vote, EvidenceTaken(vote.id))


@action(Can.ORGANISE, share=True)
def note_papers(actor: Actor, vote: OwnersVote) -> None:
    """State that he prints personal ballots; once an hour, for they are printed building by building."""
    if not printed_lately(actor, vote):
        record(actor, vote, PapersPrinted(vote.id))


def printed_lately(actor: Actor, vote: OwnersVote) -> bool:
    """Whether his printing was stated within the hour."""
    seen = sa.select(Entry.id).where(
        Entry.actor_id == actor.id,
        Entry.subject == reference(vote),
        Entry.name == PapersPrinted.name,
        Entry.at > actor.now - ONCE,
    )
    return db.session.scalar(seen.limit(1)) is not None
