"""Reporting completion, accepting or refusing it, rating, closing, stopping."""

from collections.abc import Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor, system
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from ...councils.actions.line import close_topic, deliver, return_to_table
from ...councils.words import Party, TopicState
from .. import course, rules
from ..events import (
    ProjectAccepted,
    ProjectClosed,
    ProjectCompleted,
    ProjectRated,
    ProjectRefused,
    ProjectStopped,
)
from ..lifecycle import PROJECT
from ..models import Acceptance, Project, ProjectRating
from ..policy import Can
from .telling import NO_PHOTOS, Photos, told, write

MOST_DEFECTS = 20


@action(Can.COMPLETE)
def report_completion(
    actor: Actor, project: Project, *, report: str, once: str, photos: Photos = NO_PHOTOS
) -> Acceptance:
    """Say that the work is complete and ask the supervisors to look at it; the photos go into the diary.

    The same `once` again returns the present round. Raises Conflict with every reason why it is not complete yet.
    """
    if told(actor, once):
        return _round(project)
    write(actor, project, body=report, once=once, photos=photos)
    assert actor.id is not None
    acceptance = Acceptance(
        project_id=project.id, report=report, reported_by_id=actor.id, reported_at=actor.now
    )
    store(acceptance)
    PROJECT.move(actor, project, ProjectCompleted(acceptance.id, project.party))
    project.redo_by = None
    project.next_due_at = rules.end_of(actor.today + timedelta(days=rules.INSPECTION_DAYS))
    course.held(actor, project, Party.RESIDENT, project.next_due_at)
    return acceptance


@action(Can.INSPECT)
def accept_project(actor: Actor, project: Project, *, finding: str) -> None:
    """A supervisor accepts the work for all of them; from now on residents rate it."""
    _decide(actor, project, True, finding)
    project.next_due_at, project.accepted_at = None, actor.now
    PROJECT.move(actor, project, ProjectAccepted(_round(project).id))
    topic = course.topic_of(project)
    if topic and topic.state is TopicState.CARRIED_OUT:
        deliver(system(actor.now), topic, rate_until=None)


@action(Can.INSPECT)
def refuse_project(
    actor: Actor, project: Project, *, finding: str, defects: Sequence[str], redo_by: date
) -> None:
    """A supervisor names what is not right and until when it is mended; the work goes on.

    Raises Invalid without defects, for too many, or a day that has passed.
    """
    named = [d.strip()[:200] for d in defects if d.strip()]
    if not named:
        raise Invalid(_("请一行写一处，写清楚哪里不合格。"), "defects")
    if len(named) > MOST_DEFECTS:
        raise Invalid(_("最多写 %(most)d 处，相近的请合并。", most=MOST_DEFECTS), "defects")
    if not actor.today < redo_by <= actor.today + timedelta(days=366):
        raise Invalid(_("返工的期限请从明天起选一天，最长一年。"), "redo_by")
    round_ = _decide(actor, project, False, finding)
    round_.defects, round_.redo_by = named, redo_by
    project.redo_by = redo_by
    PROJECT.move(actor, project, ProjectRefused(round_.id, len(named), redo_by))
    course.recount(actor, project)


@action(Can.RATE)
def rate_project(actor: Actor, project: Project, *, stars: int, body: str = "") -> None:
    """Say how well it was done, 1 to 5; once more changes it. Raises Conflict for the party that did it itself."""
    if stars not in range(1, 6):
        raise Invalid(_("请从一到五里选一个。"), "stars")
    if actor.party == project.party and project.party is not Party.RESIDENT:
        raise Conflict(_("自己一方牵头的项目，请别人来评价。"))
    assert actor.id is not None
    mine = db.session.get(ProjectRating, (project.id, actor.id))
    if mine is None:
        store(ProjectRating(project_id=project.id, user_id=actor.id, stars=stars, body=body, at=actor.now))
        project.ratings_count += 1
        project.stars_sum += stars
    else:
        project.stars_sum += stars - mine.stars
        mine.stars, mine.body, mine.at = stars, body, actor.now
    record(actor, project, ProjectRated(project.id))


@action(Can.CLOSE)
def close_project(actor: Actor, project: Project) -> None:
    """Close the file: no more money, no more ratings; everything in it stays readable."""
    project.ended_at = actor.now
    PROJECT.move(actor, project, ProjectClosed(project.id, project.spent))
    topic = course.topic_of(project)
    if topic and topic.state is TopicState.RATING:
        close_topic(actor, topic)


@action(Can.STOP)
def stop_project(actor: Actor, project: Project, *, reason: str) -> None:
    """Stop the work for good, with the reason in public; its topic returns to the table."""
    if not reason:
        raise Invalid(_("请写明为什么停，大家都看得到。"), "reason")
    project.stopped_because, project.ended_at, project.next_due_at = reason, actor.now, None
    PROJECT.move(actor, project, ProjectStopped(project.id, project.spent))
    topic = course.topic_of(project)
    if topic and topic.state is TopicState.CARRIED_OUT:
        return_to_table(actor, topic)


def _round(project: Project) -> Acceptance:
    """The round that runs or ran last."""
    latest = sa.select(Acceptance).where(Acceptance.project_id == project.id).order_by(Acceptance.id.desc())
    return db.session.scalars(latest.limit(1)).one()


def _decide(actor: Actor, project: Project, accepted: bool, finding: str) -> Acceptance:
    current = _round(project)
    current.accepted, current.finding = accepted, finding
    current.decided_by_id, current.decided_at = actor.id, actor.now
    return current
