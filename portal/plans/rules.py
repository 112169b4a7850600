"""Pure rules of drafts: what may be published, and what a reader is shown as different between two of them."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

MOST = 6000
"""Characters of a draft."""
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]?\n*|\n+")


class Change(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


class Piece(NamedTuple):
    """A stretch of text that both drafts have, or one of them."""

    change: Change
    text: str


def sentences(text: str) -> list[str]:
    """The text cut behind its sentences; put together again it is the same text."""
    return [piece for piece in _SENTENCE.findall(text) if piece]


def compare(before: str, after: str) -> list[Piece]:
    """How `after` came out of `before`, by whole sentences: what was removed stands before what replaced it."""
    old, new = sentences(before), sentences(after)
    pieces: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(Change.KEPT, "".join(new[k:m])))
            continue
        pieces += [Piece(Change.REMOVED, "".join(old[i:j]))] * (j > i)
        pieces += [Piece(Change.ADDED, "".join(new[k:m]))] * (m > k)
    return pieces


def same_wording(before: str, after: str) -> bool:
    """Whether nothing but white space differs."""
    return "".join(before.split()) == "".join(after.split())
