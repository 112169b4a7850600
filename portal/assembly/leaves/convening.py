"""Words of what hangs out."""

from collections.abc import Callable
from typing import Any

from ...core.text import _
from ..words import POSTING_WORD, PostingKind


def posting_word(kind: str) -> str:
    """What hangs: 名册公示, 表决公告."""
    return _(POSTING_WORD[PostingKind(kind)])


FILTERS: dict[str, Callable[..., Any]] = {"posting_word": posting_word}
