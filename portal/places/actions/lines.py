"""One line of text as an action accepts it, whoever calls: a form, a command or another feature."""

from ...core.errors import Invalid
from ...core.forms import trimmed
from ...core.text import _


def line(text: str, most: int, needed: str = "", field: str = "") -> str:
    """`text` without white space around it and without line breaks.

    Raises Invalid if it is longer than `most` characters, or empty while the sentence `needed` says what to write.
    """
    plain = " ".join(trimmed(text).split())
    if needed and not plain:
        raise Invalid(needed, field)
    if len(plain) > most:
        over = len(plain) - most
        raise Invalid(_("多了 %(over)d 个字，最多 %(most)d 个。", over=over, most=most), field)
    return plain
