"""Words of ballots, papers, deliveries and proxies."""

from collections.abc import Callable
from typing import Any

from ...core.text import _
from ..words import (
    BATCH_WORD,
    CAPACITY_WORD,
    CHANNEL_WORD,
    CHOICE_WORD,
    DELIVERY_WORD,
    PROXY_WORD,
    VOTER_WORD,
    BatchState,
    ProxyState,
)

_WORDS: tuple[dict[Any, str], ...] = (CHOICE_WORD, CHANNEL_WORD, DELIVERY_WORD, CAPACITY_WORD, VOTER_WORD)
_SAID: dict[str, str] = {str(word): said for words in _WORDS for word, said in words.items()}
PROXY_TONES = {
    ProxyState.SUBMITTED: ("warn", "hourglass"),
    ProxyState.ACCEPTED: ("ok", "badge-check"),
    ProxyState.REFUSED: ("neutral", "ban"),
    ProxyState.REVOKED: ("neutral", "ban"),
}
BATCH_TONES = {
    BatchState.FIRST: ("accent", "pencil"),
    BatchState.SECOND: ("warn", "hourglass"),
    BatchState.THIRD: ("danger", "circle-alert"),
    BatchState.AGREED: ("ok", "badge-check"),
}


def ballot_word(word: str) -> str:
    """Any word of a ballot, its channel, a delivery, a capacity or a kind of voter; nothing marked is said so."""
    return _(_SAID[word]) if word else _("没有选")


def proxy_mark(state: str) -> tuple[str, str, str]:
    """Words, tone and icon of a proxy's tag."""
    return (_(PROXY_WORD[ProxyState(state)]), *PROXY_TONES[ProxyState(state)])


def batch_mark(state: str) -> tuple[str, str, str]:
    """Words, tone and icon of a batch's tag."""
    return (_(BATCH_WORD[BatchState(state)]), *BATCH_TONES[BatchState(state)])


FILTERS: dict[str, Callable[..., Any]] = {
    "ballot_word": ballot_word,
    "proxy_mark": proxy_mark,
    "batch_mark": batch_mark,
}
