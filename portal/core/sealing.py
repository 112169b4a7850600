"""Texts that nobody shall read before their hour: in cipher, all of one length, without a time.

The key follows from SECRET_KEY and what is sealed (its purpose); it lies in no row, no log and no backup. While
something is sealed an earlier SECRET_KEY is kept in SECRET_KEY_FALLBACKS.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app


class Unreadable(RuntimeError):
    """Sealed with a key that the portal does not have. Nothing is lost: give it the key of then."""


def seal(purpose: str, text: str, width: int) -> str:
    """A text of at most `width` bytes, in cipher that says nothing of it, not even its length or its hour."""
    newest = _keys(purpose)[0]
    return newest.encrypt_at_time(text.encode().ljust(width), 0).decode()


def unseal(purpose: str, sealed: Sequence[str]) -> list[str]:
    """The texts, in their order. Raises Unreadable."""
    keys = MultiFernet(_keys(purpose))
    try:
        return [keys.decrypt(text.encode()).decode().rstrip() for text in sealed]
    except InvalidToken:
        raise Unreadable(purpose) from None


def _keys(purpose: str) -> list[Fernet]:
    known = [current_app.config["SECRET_KEY"], *(current_app.config["SECRET_KEY_FALLBACKS"] or ())]
    return [Fernet(_derived(key, purpose)) for key in known]


def _derived(key: str | bytes, purpose: str) -> bytes:
    given = key.encode() if isinstance(key, str) else key
    return base64.urlsafe_b64encode(hmac.digest(given, purpose.encode(), hashlib.sha256))
