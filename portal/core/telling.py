"""Numbers by which a person is known or reached, where they stand in a free text. Pure."""

import re
import unicodedata

IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dXx])")
"""Eighteen characters, the last may be an X; in one piece or as a card shows them: place, birthday, the rest."""
PHONE = re.compile(r"(?<!\d)1\d{2}[ -]?\d{4}[ -]?\d{4}(?!\d)")


def reveals(text: str) -> bool:
    """Whether a mobile or an identity number stands in a text, in digits of any width."""
    plain = unicodedata.normalize("NFKC", text)
    return bool(IDENTITY.search(plain) or PHONE.search(plain))
