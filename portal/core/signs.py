"""Codes that are read aloud and copied by hand: spelled in 32 signs, read back as people type them. Pure."""

import unicodedata

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O and U."""
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def spelled(number: int, length: int) -> str:
    """So many signs of a number, five bits each."""
    return "".join(SIGNS[number >> 5 * n & 31] for n in range(length))


def read(typed: str, length: int) -> str | None:
    """The signs of a code as somebody typed or scanned it: full-width or not, with whatever stands between its
    groups; None if it cannot be one."""
    folded = unicodedata.normalize("NFKC", typed).upper().translate(_ALIKE)
    signs = "".join(sign for sign in folded if sign.isalnum())
    return signs if len(signs) == length and all(s in SIGNS for s in signs) else None


def grouped(signs: str) -> str:
    """A code as it is shown: 7K3M-92QD."""
    return "-".join(signs[n : n + 4] for n in range(0, len(signs), 4))
