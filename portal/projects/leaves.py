"""Small pieces of the pages of projects, as filters."""

from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from ..core.files import FileLine
from ..core.leaves_marks import marks
from ..core.text import _
from . import rules
from .words import AT_STOP, FINISHED, OWING, SOURCE_WORD, STARS, STATE_WORD, TONE, ProjectState, Source

_tag = marks(_)["tag"]


def project_tag(state: str) -> Markup:
    """The state as a tag."""
    known = ProjectState(state)
    mark: Markup = _tag(_(STATE_WORD[known]), *TONE[known])
    return mark


def project_word(state: str) -> str:
    return _(STATE_WORD[ProjectState(state)])


def project_stop(state: str) -> int:
    """Where on the line of seven stops it stands; 0 off the line, 8 past its end."""
    return AT_STOP.get(ProjectState(state), 0)


def source_word(source: str) -> str:
    return _(SOURCE_WORD[Source(source)])


def stars_word(stars: int) -> str:
    return _(STARS[stars])


def done_percent(project: Any) -> int:
    return rules.percent(project.weight_done, project.weight_all)


def average(project: Any) -> str:
    return rules.average(project.stars_sum, project.ratings_count)


def is_late(project: Any, now: Any) -> bool:
    """Something that was owed by now has not come."""
    return project.state in OWING and project.next_due_at is not None and project.next_due_at < now


def step_states(milestones: list[Any]) -> list[str]:
    """done, now for the first open one, todo for the rest."""
    first = next((m.id for m in milestones if m.done_on is None), None)
    return ["done" if m.done_on else "now" if m.id == first else "todo" for m in milestones]


def delays_of(delays: list[Any], milestone_id: int) -> list[Any]:
    return [d for d in delays if d.milestone_id == milestone_id]


def file_lines(files: list[list[Any]], *purposes: str) -> list[FileLine]:
    """Files of a nested row, of some purposes or all."""
    every = [FileLine(*f) for f in files]
    return [f for f in every if not purposes or f.purpose in purposes]


def days_late(milestone: Any, today: date) -> int:
    return rules.days_late(milestone.due_on, today, milestone.done_on)


def end_of_day(day: date) -> datetime:
    """Until when something may come that is due on a day."""
    return rules.end_of(day)


def project_owing(state: str) -> bool:
    return state in OWING


def project_finished(state: str) -> bool:
    return state in FINISHED


FILTERS = {
    f.__name__: f
    for f in (
        project_owing,
        project_finished,
        project_tag,
        project_word,
        project_stop,
        source_word,
        stars_word,
        done_percent,
        average,
        is_late,
        step_states,
        delays_of,
        file_lines,
        days_late,
        end_of_day,
    )
}
