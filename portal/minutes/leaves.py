"""Small pieces of the pages of minutes and tasks, as filters."""

from datetime import datetime

from markupsafe import Markup

from ..core.leaves_marks import marks
from ..core.text import _
from .masking import TELLING_WORD, Telling
from .words import (
    DUTY_NOTE,
    DUTY_WORD,
    HEADING_WORD,
    OUTCOME_NOTE,
    OUTCOME_TONE,
    OUTCOME_WORD,
    STATE_WORD,
    TASK_TONE,
    TASK_WORD,
    TONE,
    Duty,
    Heading,
    MinutesState,
    Outcome,
    TaskState,
)

_tag = marks(_)["tag"]


def minutes_tag(state: str) -> Markup:
    known = MinutesState(state)
    mark: Markup = _tag(_(STATE_WORD[known]), *TONE[known])
    return mark


def outcome_word(outcome: str) -> str:
    return _(OUTCOME_WORD[Outcome(outcome)])


def outcome_note(outcome: str) -> str:
    return _(OUTCOME_NOTE[Outcome(outcome)])


def outcome_tag(outcome: str) -> Markup:
    known = Outcome(outcome)
    mark: Markup = _tag(_(OUTCOME_WORD[known]), *OUTCOME_TONE[known])
    return mark


def telling_word(kind: str) -> str:
    return _(TELLING_WORD[Telling(kind)])


def heading_word(heading: str) -> str:
    return _(HEADING_WORD[Heading(heading)])


def duty_word(duty: str) -> str:
    return _(DUTY_WORD[Duty(duty)])


def duty_note(duty: str) -> str:
    return _(DUTY_NOTE[Duty(duty)])


def task_tag(state: str) -> Markup:
    known = TaskState(state)
    mark: Markup = _tag(_(TASK_WORD[known]), *TASK_TONE[known])
    return mark


def moment(text: str) -> datetime:
    """An hour of a document."""
    return datetime.fromisoformat(text)


FILTERS = {
    f.__name__: f
    for f in (
        minutes_tag,
        outcome_word,
        outcome_note,
        outcome_tag,
        heading_word,
        telling_word,
        duty_word,
        duty_note,
        task_tag,
        moment,
    )
}
