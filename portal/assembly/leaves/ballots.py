"""Words of ballots, papers, deliveries and proxies."""

from collections.abc import Callable, Iterable
from typing import Any

from ...accounts.models import Kinship
from ...accounts.words import KINSHIPS
from ...core.text import N_, _, speaking, words
from ...voting.explaining.figures import joined
from .. import marks
from ..models.papers import NO_PAPER
from ..uncounted import Why
from ..wishes import majority
from ..words import (
    BATCH_WORD,
    CAPACITY_WORD,
    CHANNEL_WORD,
    CHOICE_WORD,
    DELIVERY_WORD,
    PROXY_WORD,
    STANDING_WORD,
    STATE_WORD,
    VOTER_WORD,
    BatchState,
    Choice,
    ProxyState,
    Silence,
    Standing,
    VoteState,
)
from .results import UNCOUNTED_WORD

_WORDS: tuple[dict[Any, str], ...] = (CHOICE_WORD, CHANNEL_WORD, DELIVERY_WORD, CAPACITY_WORD, VOTER_WORD)
_SAID: dict[str, str] = {str(word): said for words in _WORDS for word, said in words.items()}
PROXY_TONES = {
    ProxyState.SUBMITTED: ("warn", "hourglass"),
    ProxyState.ACCEPTED: ("ok", "badge-check"),
    ProxyState.REFUSED: ("neutral", "ban"),
    ProxyState.REVOKED: ("neutral", "ban"),
}
STANDING_TONES = {
    Standing.STANDS: ("ok", "badge-check"),
    Standing.ENTERED: ("warn", "hourglass"),
    Standing.SUSPENDED: ("danger", "circle-alert"),
    Standing.REFUSED: ("neutral", "ban"),
}
BATCH_TONES = {
    BatchState.FIRST: ("accent", "pencil"),
    BatchState.SECOND: ("warn", "hourglass"),
    BatchState.THIRD: ("danger", "circle-alert"),
    BatchState.AGREED: ("ok", "badge-check"),
}


def ballot_word(word: str) -> str:
    """Any word of a ballot, its channel, a delivery, a capacity or a kind of voter; nothing marked is said so, and
    candidates by their numbers."""
    numbers = marks.picked(word)
    if numbers is not None:
        return _("选 %(numbers)s 号", numbers=joined(str(n) for n in numbers))
    return _(_SAID[word]) if word else _("没有选")


def proxy_mark(state: str) -> tuple[str, str, str]:
    """Words, tone and icon of a proxy's tag."""
    return (_(PROXY_WORD[ProxyState(state)]), *PROXY_TONES[ProxyState(state)])


def standing_mark(state: str) -> tuple[str, str, str]:
    """Words, tone and icon of how somebody stands who may speak for a head."""
    return (_(STANDING_WORD[Standing(state)]), *STANDING_TONES[Standing(state)])


def batch_mark(batch: Any) -> tuple[str, str, str]:
    """Words, tone and icon of a batch's tag; once it is in the box, how many papers a third person ruled on."""
    state = BatchState(batch.state)
    if state is BatchState.AGREED and batch.ruled:
        said = words(speaking.get()).ngettext(
            "已入票箱（其中 %(num)d 张由第三个人裁定）",
            "已入票箱（其中 %(num)d 张由第三个人裁定）",
            batch.ruled,
        )
    else:
        said = _(BATCH_WORD[state])
    return (said, *BATCH_TONES[state])


STATE_TONES = {
    VoteState.OPEN: ("accent", "circle-dot"),
    VoteState.CLOSED: ("warn", "hourglass"),
    VoteState.COUNTING: ("warn", "scale"),
    VoteState.PRELIMINARY: ("accent", "megaphone"),
    VoteState.FINAL: ("ok", "badge-check"),
    VoteState.ARCHIVED: ("neutral", "archive"),
    VoteState.VOID: ("neutral", "ban"),
    VoteState.PUT_AWAY: ("neutral", "archive"),
}
_SILENT = {
    Silence.NOT_PARTICIPATING: N_("不投票就是没有参加。参加的人不够，表决就不算数。"),
    Silence.ABSTAIN: N_("议事规则约定：票送达了您又没有投，算您参加了、弃权。"),
    Silence.FOLLOW_MAJORITY: N_("议事规则约定：票送达了您又没有投，算您跟多数人的意见。"),
}


def vote_mark(state: str) -> tuple[str, str, str]:
    """Words, tone and icon of a vote's tag."""
    kind = VoteState(state)
    return (_(STATE_WORD[kind]), *STATE_TONES.get(kind, ("neutral", "circle")))


def if_silent(silence: str) -> str:
    """What becomes of an owner who does not vote, in one sentence."""
    return _(_SILENT[Silence(silence)])


def majority_words(item: int) -> str:
    """The second gate of an item: 过半数同意."""
    return _(majority(item))


def chosen_on(marked: str, position: int) -> str:
    """The word of one matter on a ballot."""
    words = marks.words_of(marked)
    return words[position] if position < len(words) else ""


def entry_word(choices: str, matter: Any) -> str:
    """What a ballot says on a matter, in words: the choice, the candidates it marks."""
    word = (
        marks.words_of(choices)[matter.position] if choices.count(",") >= matter.position else marks.NOTHING
    )
    picked = marks.picked(word)
    if picked is None:
        return _(CHOICE_WORD[Choice(word)]) if word else _("没有选")
    names = {c.number: c.name for c in matter.candidates}
    return joined(names.get(n, _("%(n)s 号", n=n)) for n in picked)


def entry_fate(left_out: dict[int, Why], position: int) -> str:
    """Whether a ballot counts on one matter, and if not why."""
    why = left_out.get(position)
    return _("没有计入：%(why)s", why=_(UNCOUNTED_WORD[why])) if why else _("计入")


def matter_numbers(places: Iterable[int]) -> str:
    """Positions as people count them: 第 1、3 项."""
    return _("第 %(n)s 项", n=joined(str(n + 1) for n in places))


def kin_word(kin: str) -> str:
    """What whoever acted as family is to him: 子女."""
    return _(KINSHIPS[Kinship(kin)])


FILTERS: dict[str, Callable[..., Any]] = {
    "ballot_word": ballot_word,
    "kin_word": kin_word,
    "no_paper": lambda said: said == NO_PAPER,
    "proxy_mark": proxy_mark,
    "batch_mark": batch_mark,
    "standing_mark": standing_mark,
    "vote_mark": vote_mark,
    "if_silent": if_silent,
    "majority_words": majority_words,
    "chosen_on": chosen_on,
    "entry_word": entry_word,
    "entry_fate": entry_fate,
    "matter_numbers": matter_numbers,
    "named_matters": lambda text: matter_numbers(marks.positions(text)),
}
