"""What the events of minutes are about: the item a line belongs to, the task, the team."""

from typing import Any

import sqlalchemy as sa

from ..core import access
from ..core.about import about
from ..core.actor import Actor
from ..core.columns import Rows
from ..meetings.models import AgendaItem
from . import events as e
from .models import MinutesLine, MinutesMark, MinutesSection, Task, TaskReport, Team

NOBODY = sa.false().label("person")


def _of_item(number: Any) -> Rows:
    """Lines that belong to no item have no name."""
    return sa.select(number.label("id"), AgendaItem.title.label("words"), NOBODY)


def _section(_actor: Actor) -> Rows:
    return _of_item(MinutesSection.id).join(MinutesSection, MinutesSection.item_id == AgendaItem.id)


def _line(_actor: Actor) -> Rows:
    sections = _of_item(MinutesLine.id).join(MinutesSection, MinutesSection.item_id == AgendaItem.id)
    return sections.join(MinutesLine, MinutesLine.section_id == MinutesSection.id)


def _mark(_actor: Actor) -> Rows:
    sections = _of_item(MinutesMark.id).join(MinutesSection, MinutesSection.item_id == AgendaItem.id)
    lines = sections.join(MinutesLine, MinutesLine.section_id == MinutesSection.id)
    return lines.join(MinutesMark, MinutesMark.line_id == MinutesLine.id)


def _task(actor: Actor) -> Rows:
    return sa.select(Task.id, Task.what.label("words"), NOBODY).where(access.rows(actor, Task))


def _report(actor: Actor) -> Rows:
    found = sa.select(TaskReport.id, Task.what.label("words"), NOBODY)
    return found.join(Task, Task.id == TaskReport.task_id).where(access.rows(actor, Task))


def _team(actor: Actor) -> Rows:
    return sa.select(Team.id, Team.name.label("words"), NOBODY).where(access.rows(actor, Team))


about("minutes_section", "section_id", _section, e.SectionWritten, e.LinesCorrected)
about("minutes_line", "line_id", _line, e.LineObjected, e.PaperObjected)
about("minutes_mark", "mark_id", _mark, e.MarkAnswered)
about("task", "task_id", _task, e.TaskNoted, e.TaskBegun, e.TaskDropped)
about("task_report", "report_id", _report, e.TaskReported, e.TaskDone, e.TaskMoved)
about("team", "team_id", _team, e.TeamNamed, e.TeamAnswered, e.TeamAddedTo)
