"""The whole way of a file: recognised, opened apart, read sheet by sheet, looked at again for formulas."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from portal.places.roster.duplicates import Seen
from portal.places.roster.findings import Action, Finding
from portal.places.roster.process import open_apart
from portal.places.roster.refusal import RosterRefused
from portal.places.roster.sheet import Sheet, SheetWithoutTable
from portal.places.roster.sheetrows import rows_of
from portal.places.roster.source import Source, recognise
from portal.places.roster.units import Roster, SheetReading, UnitRow

LOOKED_AT_AGAIN = {
    "area_missing": "formula_cell",
    "room_missing": "formula_cell",
    "building_missing": "formula_cell",
    "owner_missing": "formula_dropped",
}
MOST = 1_000  # blank cells looked at again: they travel as one argument of a process


class Stream:
    """The child's values, cut into sheets."""

    def __init__(self, values: Iterator[Any]) -> None:
        self.values = values
        self.head: dict[str, Any] | None = None
        self.encoding: str | None = None

    def sheets(self) -> Iterator[dict[str, Any]]:
        """The first line of each sheet; its rows must be taken before the next."""
        for _ in self.lines():
            pass
        while self.head is not None:
            head, self.head = self.head, None
            yield head
            for _ in self.lines():
                pass

    def lines(self) -> Iterator[list[Any]]:
        """Rows up to the next sheet."""
        if self.head is not None:
            return
        for value in self.values:
            if isinstance(value, list):
                yield value
            elif "encoding" in value:
                self.encoding = value["encoding"]
            else:
                self.head = value
                return


def read_roster(data: bytes, filename: str, estate: str | None = None) -> Roster:
    """Reads a roster file. `estate` is for sheets that name none, in a column or as their own name.

    Raises RosterRefused, one sentence, when the file cannot be read at all; single rows are refused in `findings`."""
    source = recognise(data)
    stem = filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0] or "1"
    values = open_apart(source.value, stem[:100].replace("\0", "").encode("utf-8", "replace").decode(), data)
    try:
        roster = gather(values, filename, source, estate)
    finally:
        values.close()
    if source == Source.WORKBOOK:
        roster = replace(roster, findings=tuple(with_formulas(data, list(roster.findings))))
    return roster


def gather(values: Iterator[Any], filename: str, source: Source, estate: str | None = None) -> Roster:
    """The roster of what the child writes (see `child`): everything but opening the file."""
    stream, seen = Stream(values), Seen()
    sheets: list[SheetReading] = []
    units: list[UnitRow] = []
    findings: list[Finding] = []
    for head in stream.sheets():
        read_sheet(head, stream, Sheet(head["sheet"], filename, seen, estate), sheets, units, findings)
    refuse_empty(sheets, units, findings)
    return Roster(filename, source.value, stream.encoding, tuple(sheets), tuple(units), tuple(findings))


def read_sheet(
    head: dict[str, Any],
    stream: Stream,
    sheet: Sheet,
    sheets: list[SheetReading],
    units: list[UnitRow],
    findings: list[Finding],
) -> None:
    """Adds what one sheet holds; hidden sheets and those without a table are named and left out."""
    if not head["visible"]:
        findings.append(Finding(sheet.name, 0, Action.SKIP, "hidden_sheet"))
        return
    merges = [(m[0], m[1], m[2], m[3]) for m in head["merges"]]
    try:
        sheets.append(sheet.read(rows_of(stream.lines(), merges), merges))
    except SheetWithoutTable as error:
        findings.append(
            Finding(sheet.name, 0, Action.REFUSE, "sheet_without_area")
            if error.lacks_area
            else Finding(sheet.name, 0, Action.SKIP, "sheet_without_table")
        )
        return
    units += sheet.units.values()
    findings += sheet.findings


def refuse_empty(sheets: list[SheetReading], units: list[UnitRow], findings: list[Finding]) -> None:
    """A file without any row of a unit is refused as a whole."""
    if not sheets:
        lacking = any(found.kind == "sheet_without_area" for found in findings)
        raise RosterRefused("no_area_column" if lacking else "no_header")
    if not units and not any(found.action == Action.REFUSE and found.row for found in findings):
        raise RosterRefused("no_units")


def with_formulas(data: bytes, findings: list[Finding]) -> list[Finding]:
    """Blank cells that are formulas never calculated, or errors, are named as such."""
    wanted: dict[str, list[list[int]]] = {}
    places: dict[tuple[str, int, int], int] = {}
    for place, found in enumerate(findings):
        if found.kind in LOOKED_AT_AGAIN and found.cell and found.raw is None and len(places) < MOST:
            at = [found.row, column_number(found.cell)]
            wanted.setdefault(found.sheet, []).append(at)
            places[found.sheet, at[0], at[1]] = place
    if not wanted:
        return findings
    out = list(findings)
    try:
        for value in open_apart("formulas", json.dumps(wanted, ensure_ascii=False), data):
            place = places[value["sheet"], value["row"], value["column"]]
            out[place] = replace(
                out[place],
                kind=LOOKED_AT_AGAIN[out[place].kind],
                raw=value["formula"],
                detail=value["formula"][:60],
            )
    except RosterRefused:
        return findings  # the second reader is weaker than the first: what the first saw stands
    return out


def column_number(cell: str) -> int:
    """B7 → 2."""
    number = 0
    for sign in cell.rstrip("0123456789"):
        number = number * 26 + ord(sign) - 64
    return number
