"""One-time codes that people read from paper and type: drawn, written in groups, read back, kept as a digest."""

import hashlib
import hmac
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0 and O, 1 and I, which look alike on paper."""
LENGTH = 12
"""12 letters of 32 are 60 bits: beyond guessing, even at many cards and many tries."""


def fresh() -> str:
    """A new code, ungrouped."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """As printed: `ABCD EFGH JKLM`."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def normal(typed: str) -> str:
    """What was typed or scanned as a bare code; empty if it cannot be one. Full-width letters, spaces and dashes
    are read as people mean them."""
    folded = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in typed)
    bare = "".join(c for c in folded.upper() if c.isascii() and c.isalnum())
    return bare if len(bare) == LENGTH and set(bare) <= set(ALPHABET) else ""


def digest(code: str, secret: str) -> str:
    """What the database keeps. Keyed, so that a copy of the database alone opens no door."""
    return hmac.new(secret.encode(), code.encode(), hashlib.sha256).hexdigest()
