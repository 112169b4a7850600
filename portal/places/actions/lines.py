"""One line of text as an action accepts it, whoever calls: a form, a command or another feature."""

from ...core.errors import Invalid
from ...core.text import _


def line(text: str, most: int, needed: str = "", field: str = "") -> str:
    """`text` without white space around it, line breaks and NUL, which PostgreSQL does not store.

    Raises Invalid if it is longer than `most` characters, or empty while the sentence `needed` says what to write.
    """
    plain = " ".join(text.replace("\0", "").split())
    if needed and not plain:
        raise Invalid(needed, field)
    if len(plain) > most:
        over = len(plain) - most
        raise Invalid(_("多了 %(over)d 个字，最多 %(most)d 个。", over=over, most=most), field)
    return plain
