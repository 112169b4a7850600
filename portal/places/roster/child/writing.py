"""Rows on their way out: cells made plain, limits kept, one JSON line each."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from .limits import MAX_CELL, MAX_COLUMNS, MAX_MERGES, MAX_OUTPUT, MAX_ROWS, MAX_SHEETS

Plain = str | int | float | bool | dict[str, str] | None


class Refused(Exception):
    """The file asks for more than is given, or cannot be read; `code` is known to `roster.refusal`."""

    def __init__(self, code: str, row: int | None = None) -> None:
        super().__init__(code)
        self.code, self.row = code, row


def emit(value: object) -> int:
    """One line to the parent; returns its length."""
    return sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def plain(cell: object) -> Plain:
    """A cell as JSON can carry it: blank text is null, moments are named as such, long text is cut."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return cell[:MAX_CELL]
    if isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, datetime | date | time | timedelta):
        return {"date": str(cell)}
    return str(cell)[:MAX_CELL]


class Writer:
    """Counts what goes out, over all sheets."""

    def __init__(self) -> None:
        self.rows = 0
        self.written = 0
        self.sheets = 0

    def sheet(self, name: str, visible: bool, merges: Sequence[tuple[int, int, int, int]]) -> None:
        """Begins a sheet; ranges count from 1 and include their last row and column."""
        self.sheets += 1
        if self.sheets > MAX_SHEETS:
            raise Refused("too_many_sheets")
        if len(merges) > MAX_MERGES:
            raise Refused("too_many_merges")
        emit({"sheet": name, "visible": visible, "merges": merges})

    def row(self, number: int, cells: Iterable[object]) -> None:
        """Writes one row unless it is blank."""
        out = [plain(cell) for cell in cells]
        while out and (out[-1] is None or (isinstance(out[-1], str) and not out[-1].strip())):
            out.pop()
        if not out:
            return
        if len(out) > MAX_COLUMNS:
            raise Refused("too_many_columns", number)
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise Refused("too_many_rows")
        self.written += emit([number, out])
        if self.written > MAX_OUTPUT:
            raise Refused("too_much_text")
