"""One-time codes of contact cards and reset slips, spelled and read like all codes on paper, kept as a digest."""

import hashlib
import hmac
import secrets

from ..core import signs

LENGTH = 12
"""60 bits: beyond guessing, even at many cards and many tries."""


def fresh() -> str:
    """A new code, ungrouped."""
    return signs.spelled(secrets.randbits(5 * LENGTH), LENGTH)


def normal(typed: str) -> str:
    """What was typed or scanned as a bare code; empty if it cannot be one."""
    return signs.read(typed, LENGTH) or ""


def digest(code: str, secret: str) -> str:
    """What the database keeps. Keyed, so that a copy of the database alone opens no door."""
    return hmac.new(secret.encode(), code.encode(), hashlib.sha256).hexdigest()
