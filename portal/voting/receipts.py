"""Receipt codes. A code follows from the one-time key of the form that cast the ballot and the portal's own secret,
so that the same form sent twice gives the same code, and nothing that leads from voter to paper is stored."""

import hashlib
import hmac

from flask import current_app

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O and U: a code is read aloud and copied by hand."""
LENGTH = 8
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "—": "", "－": "", "\u3000": ""})


def code_of(poll_id: int, key: str) -> str:
    """`7K3M-92QD`: the receipt of a ballot. `key`: its voter and the one-time key of his form, so that somebody else
    who sends the same form finds nothing by it. 40 bits."""
    number = int.from_bytes(_keyed(f"receipt:{poll_id}:{key}")[:5], "big")
    signs = "".join(SIGNS[number >> 5 * n & 31] for n in range(LENGTH))
    return f"{signs[:4]}-{signs[4:]}"


def digest_of(poll_id: int, code: str) -> str:
    """Under which a secret paper is found while its poll is open: useless to whoever has only the database."""
    return _keyed(f"paper:{poll_id}:{code}").hex()


def read(typed: str) -> str | None:
    """A code as somebody typed it, in its one spelling; None if it cannot be one."""
    signs = typed.upper().translate(_ALIKE)
    if len(signs) != LENGTH or any(s not in SIGNS for s in signs):
        return None
    return f"{signs[:4]}-{signs[4:]}"


def _keyed(message: str) -> bytes:
    key = current_app.config["SECRET_KEY"]
    return hmac.digest(key.encode() if isinstance(key, str) else key, message.encode(), hashlib.sha256)
