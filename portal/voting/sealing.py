"""Secret papers while their poll is open: sealed with a key that lies in no row, no log and no backup.

Two copies of a database that were taken before and after one voter show which paper is new, and so whose it is. What is
on it they must not show: it is written in cipher until the close, when all papers are unsealed and written anew in an
order of chance (`box.open_it`). The key follows from SECRET_KEY; while a poll is open an earlier one is kept in
SECRET_KEY_FALLBACKS.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app

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
    newest = _boxes(poll_id)[0]
    return newest.encrypt_at_time(marks.ljust(LONGEST_MARKS).encode(), 0).decode()


def unseal(poll_id: int, papers: Sequence[str]) -> list[str]:
    """The marks of papers, in their order. Raises Unsealable."""
    box = MultiFernet(_boxes(poll_id))
    try:
        return [box.decrypt(paper.encode()).decode().rstrip() for paper in papers]
    except InvalidToken:
        raise Unsealable(poll_id) from None


def _boxes(poll_id: int) -> list[Fernet]:
    keys = [current_app.config["SECRET_KEY"], *(current_app.config["SECRET_KEY_FALLBACKS"] or ())]
    return [Fernet(_derived(key, f"sealed papers of poll {poll_id}")) for key in keys]


def _derived(key: str | bytes, purpose: str) -> bytes:
    given = key.encode() if isinstance(key, str) else key
    return base64.urlsafe_b64encode(hmac.digest(given, purpose.encode(), hashlib.sha256))
