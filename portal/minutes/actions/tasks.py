"""Tasks: noted with who does what by when, begun when the minutes are sealed, reported, done or dropped."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from ...accounts.models import User
from ...core.actions import action, made, store
from ...core.actor import Actor, system
from ...core.db import db, lock
from ...core.errors import Invalid, NotVisible
from ...core.eventlog import record
from ...core.text import _
from ...meetings.models import AgendaItem
from ...meetings.naming import community_of, names_within
from ...meetings.people import known
from ...meetings.sides import SIDE_WORD, Side
from .. import masking, rules
from ..events import (
    TaskAmended,
    TaskBegun,
    TaskDone,
    TaskDropped,
    TaskMoved,
    TaskNoted,
    TaskReported,
    TaskStruck,
)
from ..lifecycle import TASK
from ..models import Minutes, Task, TaskDuty, TaskReport, Team, TeamMember
from ..policy import Can
from ..words import DUTY_WORD, Duty, Heading, TaskState
from .drafting import in_chinese
from .writing import for_everybody, reline, section_of

MOST_TASKS = 20


@dataclass(frozen=True)
class Errand:
    """What is to be done, by whom, until when. `duties`: a name or phone of an account, or a body by its name."""

    what: str
    side: Side
    due_on: date
    duties: Mapping[Duty, str] = field(default_factory=dict)


@action(Can.WRITE)
def note_task(actor: Actor, minutes: Minutes, *, item_id: int, errand: Errand, once: str) -> Task:
    """Note what somebody takes home from an item. The same `once` again returns the task it made. Raises Invalid
    without somebody who leads, and for a day that has passed or is absurd."""
    if noted := made(Task, once, noted_by_id=actor.id):
        return noted
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.meeting_id != minutes.meeting_id:
        raise NotVisible()
    held = sa.select(sa.func.count()).where(Task.minutes_id == minutes.id)
    if (db.session.scalar(held) or 0) >= MOST_TASKS:
        raise Invalid(_("一次会最多记 %(most)d 件要办的事。", most=MOST_TASKS), "what")
    check(actor, errand)
    assert actor.id is not None
    task = Task(
        minutes_id=minutes.id,
        meeting_id=minutes.meeting_id,
        body_id=minutes.body_id,
        item_id=item.id,
        topic_id=item.topic_id,
        place_path=minutes.place_path,
        recorder_id=minutes.recorder_id,
        what=errand.what,
        side=errand.side,
        **days(errand.due_on),
        noted_by_id=actor.id,
        once=once,
        created_at=actor.now,
        moved_at=actor.now,
    )
    store(task)
    share_out(actor, task, errand)
    record(actor, task, TaskNoted(task.id))
    as_lines(actor, minutes, item.id)
    return task


def _minutes_first(task: Task) -> None:
    """One from a board is begun at once, never noted, and has none."""
    if task.minutes_id is not None:
        lock(db.session.get_one(Minutes, task.minutes_id))


@action(Can.AMEND_TASK, after=_minutes_first)
def amend_task(actor: Actor, task: Task, *, errand: Errand) -> None:
    """Change what was noted, until the minutes are sealed."""
    minutes, item_id = _noted_in(task)
    check(actor, errand)
    task.what, task.side = errand.what, errand.side
    for name, value in days(errand.due_on).items():
        setattr(task, name, value)
    db.session.execute(sa.delete(TaskDuty).where(TaskDuty.task_id == task.id))
    share_out(actor, task, errand)
    record(actor, task, TaskAmended(task.id))
    as_lines(actor, minutes, item_id)


@action(Can.AMEND_TASK, after=_minutes_first)
def strike_task(actor: Actor, task: Task) -> None:
    """It was not so: take it out, until the minutes are sealed."""
    minutes, item_id = _noted_in(task)
    record(actor, task, TaskStruck(task.id))
    db.session.execute(sa.delete(TaskDuty).where(TaskDuty.task_id == task.id))
    db.session.delete(task)
    db.session.flush()
    as_lines(actor, minutes, item_id)


@action(Can.BEGIN_TASK)
def begin_task(actor: Actor, task: Task) -> None:
    """The minutes that noted it are sealed."""
    TASK.move(actor, task, TaskBegun(task.id, task.side, task.due_on))


@action(Can.REPORT)
def report_task(actor: Actor, task: Task, *, text: str, done: bool, once: str) -> TaskReport:
    """Say in public how far it has come, or that it is done. Kept with names half hidden only: there is no page for
    fewer than everybody. The same `once` again returns the first."""
    if told := made(TaskReport, once, by_id=actor.id):
        return told
    if not text:
        raise Invalid(_("请写办到哪了，大家都看得到。"), "text")
    assert actor.id is not None
    report = TaskReport(
        task_id=task.id,
        text=_told(task, text),
        done=done,
        by_id=actor.id,
        party=actor.party,
        at=actor.now,
        once=once,
    )
    store(report)
    if done:
        task.ended_at = actor.now
        TASK.move(actor, task, TaskDone(report.id, rules.days_late(task.promised_on, actor.today)))
    else:
        record(actor, task, TaskReported(report.id))
    return report


@action(Can.MOVE_TASK)
def move_task(actor: Actor, task: Task, *, due_on: date, reason: str, once: str) -> TaskReport:
    """Give it a later day, with the reason in public, kept with names half hidden only. Whoever leads waits for the new
    day; late is what passed the one that was promised. The same `once` again returns the first. Raises Invalid for a
    day that is not later."""
    if told := made(TaskReport, once, by_id=actor.id):
        return told
    if not reason:
        raise Invalid(_("请写明为什么推后，大家都看得到。"), "reason")
    if due_on <= task.due_on:
        raise Invalid(_("推后的日子要比现在的期限晚。"), "due_on")
    _check_day(actor, due_on)
    assert actor.id is not None
    report = TaskReport(
        task_id=task.id,
        text=_told(task, reason),
        done=False,
        moved_from=task.due_on,
        moved_to=due_on,
        by_id=actor.id,
        party=actor.party,
        at=actor.now,
        once=once,
    )
    store(report)
    task.due_on, task.due_at, task.moved_at = due_on, rules.end_of(due_on), actor.now
    record(actor, task, TaskMoved(report.id, due_on))
    return report


@action(Can.DROP)
def drop_task(actor: Actor, task: Task, *, reason: str) -> None:
    """It will not be done; everybody reads why. Kept with names half hidden only."""
    if not reason:
        raise Invalid(_("请写明为什么不办了，大家都看得到。"), "reason")
    task.dropped_because, task.ended_at = _told(task, reason), actor.now
    TASK.move(actor, task, TaskDropped(task.id))


def begin_tasks(actor: Actor, minutes: Minutes, names: Collection[str]) -> None:
    """All tasks of minutes that were sealed. Their pages are everybody's, so names are half hidden from now on as in
    the public minutes; the full ones hold the words as they were noted."""
    noted = sa.select(Task).where(Task.minutes_id == minutes.id, Task.state == TaskState.NOTED)
    for task in db.session.scalars(noted.order_by(Task.id)).all():
        task.what = masking.hidden(task.what, names)
        begin_task(system(actor.now), task)


def _noted_in(task: Task) -> tuple[Minutes, int]:
    """The minutes a task is noted in, and for which item."""
    assert task.minutes_id is not None
    assert task.item_id is not None
    return db.session.get_one(Minutes, task.minutes_id), task.item_id


def _told(task: Task, text: str) -> str:
    if task.minutes_id is None:
        return masking.hidden(text, names_within(community_of(task.place_path), [text]))
    return for_everybody(db.session.get_one(Minutes, task.minutes_id), text)


def check(actor: Actor, errand: Errand) -> None:
    if not errand.duties.get(Duty.LEAD):
        raise Invalid(_("请写谁领办，到期由他说办到哪了。"), "lead")
    _check_day(actor, errand.due_on)


def _check_day(actor: Actor, due_on: date) -> None:
    if due_on < actor.today:
        raise Invalid(_("期限已经过了，请选今天以后的日子。"), "due_on")
    if due_on > actor.today + timedelta(days=rules.LATEST_TASK):
        raise Invalid(_("期限太远了，请检查年份。"), "due_on")


def days(due_on: date) -> dict[str, Any]:
    """The day of a task that is not begun: nothing was promised before."""
    end = rules.end_of(due_on)
    return {"due_on": due_on, "due_at": end, "promised_on": due_on, "promised_at": end}


def share_out(actor: Actor, task: Task, errand: Errand) -> None:
    """Whoever has an account under the name reads of it at home; others stay as they were written."""
    for duty, typed in errand.duties.items():
        if not typed:
            continue
        person = known(actor, task.place_path, typed, duty.value)
        store(
            TaskDuty(
                task_id=task.id,
                duty=duty,
                who=person.name if person else typed,
                user_id=person.id if person else None,
            )
        )


def as_lines(actor: Actor, minutes: Minutes, item_id: int) -> None:
    """What an item's tasks read as in the minutes."""
    tasks = sa.select(Task).where(Task.minutes_id == minutes.id, Task.item_id == item_id).order_by(Task.id)
    teams = sa.select(Team).where(Team.minutes_id == minutes.id, Team.item_id == item_id).order_by(Team.id)
    with in_chinese():
        lines = [_sentence(task) for task in db.session.scalars(tasks).all()]
        lines += [_of_team(team) for team in db.session.scalars(teams).all()]
    reline(actor, minutes, section_of(minutes, item_id, Heading.TASKS), lines)


def _sentence(task: Task) -> str:
    held = sa.select(TaskDuty.duty, TaskDuty.who).where(TaskDuty.task_id == task.id)
    duties = dict(iter(db.session.execute(held)))
    said = [
        _("%(duty)s：%(who)s", duty=_(DUTY_WORD[duty]), who=duties[duty]) for duty in Duty if duty in duties
    ]
    return _(
        "%(what)s。%(side)s%(duties)s；%(day)s以前办好。",
        what=task.what.rstrip("。"),
        side=_(SIDE_WORD[task.side]),
        duties=_("，").join(said),
        day=_on_paper(task.due_on),
    )


def _of_team(team: Team) -> str:
    named = sa.select(User.name).join(TeamMember, TeamMember.user_id == User.id)
    people = db.session.scalars(named.where(TeamMember.team_id == team.id).order_by(User.id)).all()
    return _(
        "设%(name)s，监督%(watches)s，从%(starts)s到%(ends)s；请%(who)s参加，本人同意后算数。",
        name=team.name,
        watches=team.watches.rstrip("。"),
        starts=_on_paper(team.starts),
        ends=_on_paper(team.ends),
        who=_("、").join(people),
    )


def _on_paper(day: date) -> str:
    return f"{day:%Y}年{day.month}月{day.day}日"
