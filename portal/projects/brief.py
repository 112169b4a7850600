"""A project in a few words, for cards, panels and the pages of lower features."""

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core import access
from ..core.actor import Actor
from ..core.columns import Rows
from ..core.db import read
from ..core.files import StoredFile
from ..core.nested import nested
from ..core.prepared import prepared
from ..councils.models import Topic
from ..decisions.models import Decision
from .models import Project
from .words import FINISHED

before = sa.orm.aliased(StoredFile)
after = sa.orm.aliased(StoredFile)


class Brief(NamedTuple):
    """A project as a card shows it."""

    id: int
    place_path: str
    title: str
    state: str
    party: str
    in_charge_id: int
    begins_on: date
    ends_on: date
    next_due_at: datetime | None
    weight_done: int
    weight_all: int
    budget: int
    spent: int
    before_update_id: int | None
    before_file_id: int | None
    after_update_id: int | None
    after_file_id: int | None
    stars_sum: int
    ratings_count: int
    stopped_because: str
    moved_at: datetime
    before_alt: str | None
    after_alt: str | None


def _briefs() -> sa.Select[*tuple[Any, ...]]:
    own = [getattr(Project, name) for name in Brief._fields[:-2]]
    return (
        sa.select(*own, before.alt.label("before_alt"), after.alt.label("after_alt"))
        .outerjoin(before, before.id == Project.before_file_id)
        .outerjoin(after, after.id == Project.after_file_id)
    )


def of_topic(model: type[Topic]) -> sa.ScalarSelect[Any]:
    """The projects of a topic, the latest first, as a nested column."""
    found = _briefs().where(Project.topic_id == model.id).order_by(Project.id.desc()).limit(3)
    return nested(found, of=model)


def of_decision(model: type[Decision]) -> sa.ScalarSelect[Any]:
    """The projects of a decision, the latest first, as a nested column."""
    found = _briefs().where(Project.decision_id == model.id).order_by(Project.id.desc()).limit(3)
    return nested(found, of=model)


def latest_finished(actor: Actor, limit: int = 1) -> list[Brief]:
    """The projects accepted last that have a photo before and after, for other pages; one bounded query."""
    return [Brief(*row) for row in read(_latest_finished(access.rows(actor, Project), limit))]


@prepared
def _latest_finished(visible: access.Condition, limit: int) -> Rows:
    seen = sa.select(Project.id).where(
        visible, Project.before_file_id.is_not(None), Project.after_file_id.is_not(None)
    )
    # Each state for itself, so that an index gives its last ones without sorting all that were ever finished.
    order = Project.accepted_at.desc(), Project.id.desc()
    parts = (
        seen.where(Project.state == state).order_by(*order).limit(limit).subquery() for state in FINISHED
    )
    latest = sa.union_all(*(sa.select(part.c.id) for part in parts)).subquery()
    found = _briefs().join(latest, latest.c.id == Project.id)
    return found.order_by(*order).limit(limit)
