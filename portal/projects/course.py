"""What a project's row repeats of its parts (progress, next day, end), and what its topic shows of it.

Called inside actions, which hold the project's row.
"""

from datetime import datetime

import sqlalchemy as sa

from ..core.actor import Actor, system
from ..core.db import db, lock
from ..councils.actions.line import hold
from ..councils.models import Topic
from ..councils.words import Party, TopicState
from . import rules
from .models import Milestone, Project


def topic_of(project: Project) -> Topic | None:
    """The topic it carries out, held; none for what the council decided by itself."""
    return lock(db.session.get_one(Topic, project.topic_id)) if project.topic_id else None


def steps_of(project: Project) -> list[rules.Step]:
    db.session.flush()
    found = sa.select(Milestone.weight, Milestone.due_on, Milestone.done_on)
    return [rules.Step(*row) for row in db.session.execute(found.where(Milestone.project_id == project.id))]


def recount(actor: Actor, project: Project) -> None:
    """Bring progress, the next day and the end up to date after a milestone changed; the topic follows."""
    steps = steps_of(project)
    project.weight_done, project.weight_all = rules.progress(steps)
    project.next_due_at = rules.next_due(steps, project.redo_by)
    project.ends_on = max(s.due_on for s in steps)
    held(
        actor, project, project.party, rules.end_of(max(project.ends_on, project.redo_by or project.ends_on))
    )


def held(actor: Actor, project: Project, by: Party, due_at: datetime | None) -> None:
    """Say on the topic who is to act next, while it is being carried out."""
    topic = topic_of(project)
    if topic and topic.state is TopicState.CARRIED_OUT:
        hold(system(actor.now), topic, held_by=by, due_at=due_at)
