"""Numbers of rows as they come in forms and addresses, where anybody can write anything."""

from .columns import LARGEST_ID

_DIGITS = len(str(LARGEST_ID))


def row_number(text: str | None) -> int | None:
    """The number that `text` writes, 0 to `LARGEST_ID`; None for anything that no row can have. A longer one the
    database would refuse with an error, and a very long one Python."""
    if not text or len(text) > _DIGITS or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if number <= LARGEST_ID else None
