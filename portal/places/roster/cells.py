"""One cell as the child hands it over, made into clean text, with the names of what was repaired."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
SPACES = " \t\r\n\v\f\u3000\u00a0\u2002\u2003\u2009\u202f" + INVISIBLE
HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
FULL_ALNUM = frozenset(
    chr(code) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
)
GONE = {ord(sign): None for sign in INVISIBLE}
BLANKS = frozenset(
    ("-", "--", "—", "——", "－", "/", "\\", "／", "*")
)  # signs people print for "nothing here"


class DateCell(str):
    """A cell the spreadsheet program holds as a date or time."""


Cell = str | int | float | bool | DateCell | None


class Mend(NamedTuple):
    """A repair: what kind, what the cell is read as, and whether a person should look at it."""

    kind: str
    reads_as: str | None
    confirm: bool = False


def as_text(cell: Cell) -> str:
    """The cell as printed. Spreadsheets hold every number as binary float: whole ones lose their .0, others keep
    the 15 digits a spreadsheet program shows (0.1 + 0.2 is 0.3)."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int) or (cell == int(cell) and abs(cell) < 1e15):
        return str(int(cell))
    return format(shown(cell), "f")


def shown(number: float) -> Decimal:
    """A float at the 15 significant digits a spreadsheet program shows."""
    exact = Decimal(str(number))
    digits = 15 - exact.adjusted() - 1
    return exact if digits < 0 else exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN).normalize()


def trimmed(text: str) -> tuple[str, bool]:
    """(text without white space around it and invisible signs in it, whether there was any)."""
    if text.isalnum():
        return text, False
    out = text.strip(SPACES)
    for sign in INVISIBLE:
        if sign in out:
            out = out.replace(sign, "")
    return out, out != text


def halved(text: str) -> tuple[str, bool]:
    """(text with full-width forms made plain, whether digits or letters were among them)."""
    if text.isascii():
        return text, False
    return text.translate(HALF), not FULL_ALNUM.isdisjoint(text)


def squeezed(text: str) -> str:
    """Without any white space: for words compared, never for names kept."""
    return text if text.isalnum() else "".join(text.split()).translate(GONE)


def is_blank(cell: Cell) -> bool:
    """Nothing printed, or white space only."""
    return cell is None or (isinstance(cell, str) and not cell.strip(SPACES))


def raw_of(cell: Cell) -> str | int | float | None:
    """The cell for the report: whole numbers without .0, dates as text, blank as None."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < 1e15:
        return int(cell)
    return str(cell) if isinstance(cell, str | bool) else cell


def is_formula(text: str) -> bool:
    """Text that a spreadsheet program would run as a formula when it is opened again."""
    return len(text) > 1 and (text[0] in "=@" or (text[0] in "+-" and not text[1:2].isdigit()))
