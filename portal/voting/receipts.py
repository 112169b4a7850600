"""Receipt codes. A code follows from the one-time key of the form that cast the ballot and the portal's own secret,
so that the same form sent twice gives the same code, and nothing that leads from voter to paper is stored."""

import hashlib
import hmac

from flask import current_app

from ..core import signs

LENGTH = 8


def code_of(poll_id: int, key: str) -> str:
    """`7K3M-92QD`: the receipt of a ballot. `key`: its voter and the one-time key of his form, so that somebody else
    who sends the same form finds nothing by it. 40 bits."""
    number = int.from_bytes(_keyed(f"receipt:{poll_id}:{key}")[:5], "big")
    return signs.grouped(signs.spelled(number, LENGTH))


def digest_of(poll_id: int, code: str) -> str:
    """Under which a secret paper is found while its poll is open: useless to whoever has only the database."""
    return _keyed(f"paper:{poll_id}:{code}").hex()


def read(typed: str) -> str | None:
    """A code as somebody typed it, in its one spelling; None if it cannot be one."""
    code = signs.read(typed, LENGTH)
    return code and signs.grouped(code)


def _keyed(message: str) -> bytes:
    key = current_app.config["SECRET_KEY"]
    return hmac.digest(key.encode() if isinstance(key, str) else key, message.encode(), hashlib.sha256)
