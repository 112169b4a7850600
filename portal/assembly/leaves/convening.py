"""Words of what hangs out."""

from collections.abc import Callable, Sequence
from typing import Any

from ...core.files import FileLine
from ...core.text import _
from ..terms import full_days
from ..words import POSTING_WORD, PostingKind


def posting_word(kind: str) -> str:
    """What hangs: 名册公示, 表决公告."""
    return _(POSTING_WORD[PostingKind(kind)])


def kept_photos(files: Sequence[FileLine], address: str) -> list[tuple[int, str, str]]:
    """Photographs that are stored already, for `photo_input`."""
    return [(file.id, f"{address}/files/{file.id}/thumb", file.alt) for file in files]


FILTERS: dict[str, Callable[..., Any]] = {
    "posting_word": posting_word,
    "kept_photos": kept_photos,
    "full_days": full_days,
}
