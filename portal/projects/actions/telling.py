"""Telling how the work goes: the diary with its photos, milestones done, delays."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.files import Kept, attach
from ...core.text import _
from .. import course, rules
from ..events import MilestoneDelayed, MilestoneDone, ProjectUpdated
from ..models import Delay, Milestone, Project, ProjectUpdate
from ..policy import Can

FARTHEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Photos:
    """Photos of an update by what they show."""

    before: Sequence[Kept] = field(default=())
    after: Sequence[Kept] = field(default=())
    on_the_way: Sequence[Kept] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.before or self.after or self.on_the_way)


NO_PHOTOS = Photos()


@action(Can.UPDATE)
def post_update(
    actor: Actor, project: Project, *, body: str, once: str, photos: Photos = NO_PHOTOS
) -> ProjectUpdate:
    """Write a page of the diary. The same `once` again returns the page it made before."""
    known = told(actor, once)
    if known:
        return known
    if not body and not photos:
        raise Invalid(_("请写一句进展，或者放一张照片。"), "body")
    update = write(actor, project, body=body, once=once, photos=photos)
    record(actor, project, ProjectUpdated(update.id))
    return update


@action(Can.MILESTONE)
def finish_milestone(
    actor: Actor,
    project: Project,
    *,
    milestone_id: int,
    note: str,
    once: str,
    done_on: date | None = None,
    photos: Photos = NO_PHOTOS,
) -> None:
    """Report a milestone as done, on a day that has come; the diary says it too. A second time with the same
    `once` changes nothing. Raises Conflict if it is done, Invalid for a day that cannot be."""
    if told(actor, once):
        return
    milestone = _open(project, milestone_id)
    done_on = done_on or actor.today
    if not project.begins_on <= done_on <= actor.today:
        raise Invalid(_("完成的日子要在开工以后，最晚是今天。"), "done_on")
    milestone.done_on, milestone.done_by_id, milestone.note = done_on, actor.id, note
    write(actor, project, body=note, once=once, photos=photos, milestone_id=milestone.id)
    course.recount(actor, project)
    percent = rules.percent(project.weight_done, project.weight_all)
    late = rules.days_late(milestone.due_on, actor.today, done_on)
    record(actor, project, MilestoneDone(milestone.id, percent, late))


@action(Can.DELAY)
def delay_milestone(actor: Actor, project: Project, *, milestone_id: int, due_on: date, reason: str) -> None:
    """Name a new day for a milestone, in public, with the reason. What was promised first stays to be read.

    Raises Conflict if it is done, Invalid for a day that is no later than the present one or has passed.
    """
    milestone = _open(project, milestone_id)
    if due_on <= milestone.due_on or due_on < actor.today:
        raise Invalid(_("新的日子要比原来的晚，而且还没过。"), "due_on")
    if due_on > actor.today + FARTHEST:
        raise Invalid(_("这个日子太远了，请检查年份。"), "due_on")
    if not reason:
        raise Invalid(_("请写明为什么延期，大家都看得到。"), "reason")
    days = (due_on - milestone.due_on).days
    store(
        Delay(
            project_id=project.id,
            milestone_id=milestone.id,
            was_due_on=milestone.due_on,
            due_on=due_on,
            reason=reason,
            by_id=actor.id,
            party=actor.party,
            at=actor.now,
        )
    )
    milestone.due_on = due_on
    course.recount(actor, project)
    record(actor, project, MilestoneDelayed(milestone.id, days, due_on))


def told(actor: Actor, once: str) -> ProjectUpdate | None:
    """The diary page that this one-time key has made."""
    return made(ProjectUpdate, once, by_id=actor.id)


def write(
    actor: Actor, project: Project, *, body: str, once: str, photos: Photos, milestone_id: int | None = None
) -> ProjectUpdate:
    """A page of the diary with its photos; the latest before and after are what cards show."""
    assert actor.id is not None
    update = ProjectUpdate(
        project_id=project.id,
        place_path=project.place_path,
        milestone_id=milestone_id,
        body=body,
        by_id=actor.id,
        party=actor.party,
        at=actor.now,
        once=once,
    )
    store(update)
    project.updates_count += 1
    project.moved_at = actor.now
    before = attach(actor, update, photos.before, "before")
    after = attach(actor, update, photos.after, "after")
    attach(actor, update, photos.on_the_way, "photo")
    if before:
        project.before_update_id, project.before_file_id = update.id, before[0].id
    if after:
        project.after_update_id, project.after_file_id = update.id, after[0].id
    return update


def _open(project: Project, milestone_id: int) -> Milestone:
    milestone = db.session.get(Milestone, milestone_id)
    if milestone is None or milestone.project_id != project.id:
        raise Invalid(_("没有这个节点，请刷新页面看看。"))
    if milestone.done_on is not None:
        raise Conflict(_("这个节点已经完成了。"))
    return milestone
