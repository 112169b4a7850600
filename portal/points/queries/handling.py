"""Through whose hands an entry went: such a person neither looks at it again nor answers an appeal against it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ...core.db import read
from ...core.eventlog import Entry as Stated
from ...volunteering.events import HelperAdded, ShiftConfirmed, TimesCorrected, TrainingConfirmed
from ..models.thanks import Grant
from . import people

CONFIRMING = tuple(kind.name for kind in (ShiftConfirmed, TrainingConfirmed, TimesCorrected, HelperAdded))
"""What is stated of a sign-up by whoever says that somebody served: the portal gave the points upon his word."""


def handled(person_id: int, entries: Sequence[Any]) -> set[int]:
    """The numbers of those entries (with `id`, `actor_id`, `source`) that somebody entered, asked for, decided, or by
    his word brought about."""
    sources = sorted({entry.source for entry in entries})
    grants = sa.select(Grant.id).where(
        sa.or_(Grant.asked_by_id == person_id, Grant.decided_by_id == person_id)
    )
    his = {f"{Grant.__tablename__}:{row.id}" for row in read(grants)}
    said = sa.select(Stated.subject).where(
        Stated.subject.in_(sources),
        Stated.name.in_(CONFIRMING),
        sa.or_(Stated.actor_id == person_id, Stated.entered_by_id == person_id),
    )
    his |= {row.subject for row in read(said)}
    return {entry.id for entry in entries if entry.actor_id == person_id or entry.source in his}


def touched(person_id: int, entries: Sequence[Any]) -> set[int]:
    """The same, and those (with `user_id`) whose points are his own or of his kin."""
    kin = people.kin_of(person_id, {entry.user_id for entry in entries if entry.user_id})
    own = {entry.id for entry in entries if entry.user_id == person_id or entry.user_id in kin}
    return own | handled(person_id, entries)
