"""Small pieces of the pages of awards, as filters."""

from datetime import datetime
from typing import Any

from markupsafe import Markup

from ..core.text import _
from ..voting.leaves import who_is_on_roll
from . import rules
from .words import (
    DAYS_WORD,
    NOMINEE_TONES,
    NOMINEE_WORD,
    STATE_WORD,
    TIES_WORD,
    TONES,
    VACANCY_WORD,
    VERDICT_WORD,
    WHOM_WORD,
    AwardState,
    Days,
    NomineeState,
)

_WORDS: dict[str, str] = {
    str(word): said
    for words in (STATE_WORD, NOMINEE_WORD, WHOM_WORD, DAYS_WORD, TIES_WORD, VACANCY_WORD, VERDICT_WORD)
    for word, said in words.items()
}


def award_word(word: str) -> str:
    """Any word of an award, in words."""
    return _(_WORDS[word])


def award_stage(award: Any, now: datetime) -> tuple[str, str, str]:
    """Where an award stands: words, tone and icon of a tag. Past the hour it is closed, tick or no tick."""
    state = AwardState(award.state)
    if state is AwardState.NOMINATING and now >= award.nominate_until:
        return _("提名已截止"), "warn", "hourglass"
    return (award_word(state), *TONES[state])


def nominee_stage(nominee: Any) -> tuple[str, str, str]:
    state = NomineeState(nominee.state)
    return (award_word(state), *NOMINEE_TONES[state])


def posting_words(award: Any) -> str:
    """How long names hang out."""
    if award.posting_kind == Days.WORKING:
        return _("%(n)d 个工作日", n=award.posting_days)
    return _("%(n)d 个自然日", n=award.posting_days)


def who_votes(award: Any) -> str:
    return who_is_on_roll(award)


def code_words(code: str) -> str:
    """A code as it is read, in parts that may break."""
    return Markup("-<wbr>").join(rules.spaced(code).split("-"))


FILTERS = {
    f.__name__: f for f in (award_word, award_stage, nominee_stage, posting_words, who_votes, code_words)
}
