"""One row on its way to a unit: cells by field, and what was repaired or refused on the way."""

import re

from portal.places.roster.cells import BLANKS, Cell, Mend, as_text, halved, is_formula, raw_of, trimmed
from portal.places.roster.findings import Action, Finding
from portal.places.roster.headers import Heading
from portal.places.roster.sheetrows import RawRow

LONGEST_CODE = 80  # characters: more is no building, room or use, and would cost the patterns too much
DECIMAL_TAIL = re.compile(r"(\d+)\.0+")


def letters(column: int) -> str:
    """0 → A, 26 → AA."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def bared(text: str, spaced: bool) -> tuple[str, tuple[str, ...]]:
    """(a short word made plain, the kinds of repair that took)."""
    kinds = ["stray_spaces"] if spaced else []
    text, wide = halved(text)
    if wide:
        kinds.append("fullwidth_digits")
    if text[:1] in "'`\"":
        kinds.append("stray_marks")
        text = text.strip("'`\" ")
    if tail := DECIMAL_TAIL.fullmatch(text):
        kinds.append("decimal_tail")
        text = tail[1]
    if " " in text or "\n" in text:
        text = "".join(text.split())
        kinds += [] if spaced else ["stray_spaces"]
    return text, tuple(kinds)


class Line:
    """Collects findings; nothing is decided here. `place` and `key` are filled in once they are known."""

    def __init__(self, sheet: str, row: RawRow, heading: Heading) -> None:
        self.sheet, self.row, self.heading = sheet, row, heading
        self.mends: list[tuple[str, Mend]] = []
        self.refusals: list[tuple[str, str, str]] = []  # field, kind, detail
        self.place = ""
        self.key: tuple[str, ...] | None = None

    def has(self, field: str) -> bool:
        """Whether the table has such a column."""
        return field in self.heading.columns

    def cell(self, field: str) -> Cell:
        """The cell, None where the row or the table ends before it."""
        column = self.heading.columns.get(field)
        return self.row.cells[column] if column is not None and column < len(self.row.cells) else None

    def header(self, field: str) -> str:
        """The heading as printed."""
        column = self.heading.columns.get(field)
        return "" if column is None else self.heading.texts[column].replace("\n", "").strip()

    def mend(self, field: str, *mends: Mend) -> None:
        """Notes repairs of a cell."""
        self.mends.extend((field, mend) for mend in mends)

    def refuse(self, field: str, kind: str, detail: str = "") -> None:
        """The row will not be taken."""
        self.refusals.append((field, kind, detail))

    def words(self, field: str) -> str:
        """A text kept as printed (estate, grid, note): only the white space around it goes; formulas are dropped."""
        raw = as_text(self.cell(field))
        if not raw:
            return ""
        text, spaced = trimmed(raw)
        if text in BLANKS:
            return ""
        if is_formula(text):
            self.mend(field, Mend("formula_dropped", None, True))
            return ""
        if spaced and text:
            self.mend(field, Mend("stray_spaces", text))
        return text

    def code(self, field: str) -> tuple[str, tuple[str, ...]]:
        """(a short word or number, half width, without gaps; kinds of repair it took). The reader that knows the
        final value reports them with `mended`."""
        raw = as_text(self.cell(field))
        if not raw or (len(raw) < LONGEST_CODE and raw.isascii() and raw.isalnum()):
            return raw, ()
        text, spaced = trimmed(raw)
        if text in BLANKS:
            return "", ()
        if is_formula(text):
            self.refuse(field, "formula_text")
            return "", ()
        if len(text) > LONGEST_CODE:
            self.refuse(field, "cell_too_long")
            return "", ()
        return bared(text, spaced)

    def mended(self, field: str, kinds: tuple[str, ...], reads_as: str) -> None:
        """Reports the repairs `code` named, with the value that came out in the end."""
        self.mend(field, *(Mend(kind, reads_as) for kind in kinds))

    def findings(self) -> list[Finding]:
        """The row's part of the report: refusals if there are any, repairs otherwise."""
        if not self.refusals:
            return [
                self.finding(Action.REPAIR, field, mend.kind, reads_as=mend.reads_as, confirm=mend.confirm)
                for field, mend in self.mends
            ]
        also = tuple(dict.fromkeys(mend.kind for _, mend in self.mends))
        return [
            self.finding(Action.REFUSE, field, kind, detail=detail, also=also)
            for field, kind, detail in self.refusals
        ]

    def finding(
        self,
        action: Action,
        field: str | None,
        kind: str,
        *,
        reads_as: str | None = None,
        confirm: bool = False,
        detail: str = "",
        also: tuple[str, ...] = (),
        other: tuple[int, str] | None = None,
    ) -> Finding:
        """One finding at this row; `other` is (row, sheet) of the unit it repeats."""
        column = self.heading.columns.get(field) if field else None
        return Finding(
            self.sheet,
            self.row.number,
            action,
            kind,
            self.header(field) if field and column is not None else None,
            field,
            None if column is None else f"{letters(column)}{self.row.number}",
            raw_of(self.cell(field)) if field else None,
            reads_as,
            confirm,
            self.place,
            self.key,
            other[0] if other else None,
            other[1] if other else None,
            also,
            detail,
        )
