"""Secret papers while their poll is open: sealed (`core.sealing`), all of one length.

Two copies of a database that were taken before and after one voter show which paper is new, and so whose it is. What is
on it they must not show: it is written in cipher until the close, when all papers are unsealed and written anew in an
order of chance (`box.open_it`).
"""

from collections.abc import Sequence

from ..core import sealing
from .papers import LONGEST_MARKS

SEALED = 248
"""Characters of a sealed paper, whatever is marked on it."""


class Unsealable(RuntimeError):
    """A paper was sealed with a key that the portal does not have. Nothing is lost: give it the key of then."""

    def __init__(self, poll_id: int) -> None:
        super().__init__(
            f"poll {poll_id}: sealed with another SECRET_KEY; put that into SECRET_KEY_FALLBACKS"
        )


def seal(poll_id: int, marks: str) -> str:
    """`SEALED` characters that say nothing of the marks, not even how many they are, nor when they were made."""
    return sealing.seal(_purpose(poll_id), marks, LONGEST_MARKS)


def unseal(poll_id: int, papers: Sequence[str]) -> list[str]:
    """The marks of papers, in their order. Raises Unsealable."""
    try:
        return sealing.unseal(_purpose(poll_id), papers)
    except sealing.Unreadable:
        raise Unsealable(poll_id) from None


def _purpose(poll_id: int) -> str:
    return f"sealed papers of poll {poll_id}"
