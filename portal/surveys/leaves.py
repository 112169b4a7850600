"""Small pieces of a questionnaire's pages, as filters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from ..core.leaves_marks import marks
from ..core.text import _
from . import rules
from .rules import Answer, Asked
from .words import (
    CHANNEL_WORD,
    KIND_WORD,
    KNOCK_WORD,
    PER_WORD,
    STATE_WORD,
    TONES,
    Kind,
    Knock,
    Per,
    SurveyState,
)

_tag = marks(_)["tag"]
_WORDS: dict[str, str] = {
    str(word): said for words in (PER_WORD, KIND_WORD, CHANNEL_WORD) for word, said in words.items()
}


def survey_word(word: str) -> str:
    """Any word of a questionnaire, in words."""
    return _(_WORDS[word])


def survey_tag(survey: Any, now: datetime) -> Markup:
    """Where it stands now. Past the hour it is closed, tick or no tick."""
    state = SurveyState(survey.state)
    if state is SurveyState.OPEN and not rules.in_time(now, survey.closes_at):
        state = SurveyState.CLOSED
    mark: Markup = _tag(_(STATE_WORD[state]), *TONES[state])
    return mark


def survey_over(survey: Any, now: datetime) -> bool:
    return not rules.in_time(now, survey.closes_at)


def asked_whom(survey: Any) -> str:
    """Who is asked, for everybody."""
    if survey.per == Per.HOUSEHOLD:
        return _("%(place)s的住户和商铺，一户一份：家里谁先答，就算这一户的。", place=survey.place_label)
    return _("在%(place)s住、有房子或者工作的人，一人一份。", place=survey.place_label)


def came_in(survey: Any) -> str:
    """How many of how many have answered."""
    numbers = {"sheets": f"{survey.sheets:,}", "asked": f"{survey.asked:,}"}
    if survey.per == Per.HOUSEHOLD:
        return _("%(asked)s 户里 %(sheets)s 户答了", **numbers)
    return _("%(asked)s 人里 %(sheets)s 人答了", **numbers)


def knock_word(came: str) -> str:
    return _(KNOCK_WORD[Knock(came)])


def option_items(asked: Asked) -> list[tuple[int, str]]:
    """(value, words) of what can be marked."""
    if asked.kind is Kind.SCALE:
        return [(n, str(n)) for n in rules.SCALE]
    return list(enumerate(asked.options))


def question_hint(asked: Asked) -> str:
    """How to mark it, under the question."""
    if asked.kind is Kind.SCALE:
        low, high = asked.options or (_("最低"), _("最高"))
        return _("1 是%(low)s，5 是%(high)s", low=low, high=high)
    if asked.kind is Kind.SEVERAL:
        return _("最多选 %(n)d 项", n=asked.most) if asked.most else _("可以选几项")
    if asked.kind is Kind.NUMBER:
        return _("写一个整数")
    if asked.kind is Kind.TEXT:
        return _("最多 %(n)d 个字。请不要写姓名、电话。", n=rules.LONGEST_TEXT)
    return ""


def said_answer(asked: Asked, given: Answer | None) -> str:
    """An answer to be read back."""
    if given is None:
        return _("没有答")
    if asked.kind is Kind.ONE and isinstance(given, int):
        return asked.options[given]
    if isinstance(given, list):
        return _joined([asked.options[n] for n in given])
    return _("%(n)d 分", n=given) if asked.kind is Kind.SCALE else str(given)


def _joined(words: Sequence[str]) -> str:
    return _("、").join(words)


FILTERS = {
    f.__name__: f
    for f in (
        survey_word,
        survey_tag,
        survey_over,
        asked_whom,
        came_in,
        knock_word,
        option_items,
        question_hint,
        said_answer,
    )
}
