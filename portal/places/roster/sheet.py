"""One sheet from its first line to its last: finds the heading, reads each line, keeps the report in order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from portal.places.roster.cells import as_text, squeezed
from portal.places.roster.duplicates import Seen
from portal.places.roster.estates import UNNAMED, building_in, estate_of_sheet, use_in
from portal.places.roster.findings import Action, Finding
from portal.places.roster.headers import SEARCHED, Heading, bare, find_heading
from portal.places.roster.line import Line, letters
from portal.places.roster.linekinds import LineKind, classify
from portal.places.roster.owners import owner as owner_named
from portal.places.roster.owners import read_owners, same_name
from portal.places.roster.placing import Carried
from portal.places.roster.rows import read_unit
from portal.places.roster.sheetrows import Merge, RawRow, spread_over
from portal.places.roster.units import Column, SheetReading, UnitRow

GAP = 20  # longer runs of blank rows are one line of the report
STYLE = frozenset(("building_hash", "building_in_words", "entrance_in_words", "filled_down", "stray_spaces"))


class SheetWithoutTable(Exception):
    """No heading; `lacks_area` tells a table of units without an area column from no table at all."""

    def __init__(self, lacks_area: bool) -> None:
        super().__init__("no_area_column" if lacks_area else "no_header")
        self.lacks_area = lacks_area


class Sheet:
    """Reads the lines of one sheet. `seen` is shared by all sheets: an estate may be spread over several."""

    def __init__(self, name: str, filename: str, seen: Seen, estate: str | None = None) -> None:
        self.name, self.filename, self.seen, self.estate = name, filename, seen, estate
        self.units: dict[int, UnitRow] = {}  # by row
        self.findings: list[Finding] = []
        self.unsettled: list[int] = []  # findings whose kind depends on what follows
        self.last = 0  # the last row looked at
        self.units_end = 0
        self.carried = Carried()
        self.heading = Heading({}, (), ())

    def read(self, rows: Iterator[RawRow], merges: list[Merge]) -> SheetReading:
        """Takes all rows; raises SheetWithoutTable."""
        first = [row for _, row in zip(range(SEARCHED), rows, strict=False)]
        lines = [(row.number, row.cells) for row in first]
        heading = find_heading(lines, spread_over(merges, first))
        if heading is None or "area" not in heading.columns:
            raise SheetWithoutTable(heading is not None)
        self.heading, start = heading, heading.rows[-1]
        titles = [cells for row, cells in lines if row < heading.rows[0]]
        self.carried.estate = estate_of_sheet(self.name, titles, self.filename, self.estate or "")
        self.carried.caption, self.carried.use = building_in(self.name), use_in(self.name)
        self.last = start
        self.inner_area()
        for row in first:
            if row.number > start:
                self.take(row)
        for row in rows:
            self.take(row)
        self.settle_style()
        if any(unit.estate == UNNAMED for unit in self.units.values()):
            self.findings.insert(
                0, Finding(self.name, 0, Action.REPAIR, "estate_unknown", reads_as=UNNAMED, confirm=True)
            )
        return SheetReading(self.name, start, start + 1, max(self.units_end, start), self.columns(heading))

    def take(self, row: RawRow) -> None:
        """One line: gaps before it, then what it is."""
        self.gap(self.last + 1, row.number - 1)
        self.last = row.number
        kind = classify(row.number, row.cells, self.heading)
        if kind is not None:
            self.set_aside(row, kind)
            return
        self.settle(row)
        self.units_end = row.number
        if not self.continued(row):
            self.unit(row)

    def unit(self, row: RawRow) -> None:
        """A line that is a unit: taken, refused, or a repetition."""
        line = Line(self.name, row, self.heading)
        unit = read_unit(line, self.carried)
        if unit is None:
            self.findings += line.findings()
            return
        clash = self.seen.clash(unit)
        if clash is None:
            self.seen.add(unit)
            self.units[row.number] = unit
            self.findings += line.findings()
            return
        first, kind, detail = clash
        action = Action.REFUSE if kind.startswith("duplicate_unit") else Action.SKIP
        field = "room" if line.cell("room") is not None else "house"
        also = tuple(dict.fromkeys(mend.kind for _, mend in line.mends))
        self.findings.append(
            line.finding(
                action,
                field,
                kind,
                detail=detail,
                also=also,
                other=(first.row, first.sheet),
                confirm=kind == "duplicate_row_other_phone",
            )
        )

    def continued(self, row: RawRow) -> bool:
        """A row whose house number is merged with the row above tells another owner of the same unit."""
        column = self.heading.columns.get("room", self.heading.columns.get("house", -1))
        top = row.lent.get(column)
        if top is None:
            return False
        line = Line(self.name, row, self.heading)
        unit, owners = self.units.get(top), self.heading.columns.get("owner", -1)
        if unit is None or owners in row.lent or not (names := read_owners(line.cell("owner")).names):
            self.findings.append(line.finding(Action.SKIP, "owner", "continued_row", other=(top, self.name)))
            return True
        known = {same_name(held.name) for held in unit.owners}
        more = tuple(owner_named(name) for name in names if same_name(name) not in known)
        joined = replace(unit, owners=unit.owners + more)
        self.units[top] = joined
        self.seen.add(joined)
        reads = "、".join(held.name for held in joined.owners)
        self.findings.append(
            line.finding(
                Action.REPAIR, "owner", "coowner_rows", reads_as=reads, confirm=True, other=(top, self.name)
            )
        )
        return True

    def set_aside(self, row: RawRow, kind: LineKind) -> None:
        """A line that is no unit. Whether a sum is a subtotal and words are a footer shows only later."""
        if kind.heading is not None and "area" in kind.heading.columns:
            self.heading = kind.heading
        if kind.caption is not None:
            self.carried.caption = kind.caption
        raw = as_text(row.cells[kind.column]) if kind.column is not None else None
        name = "total_row" if kind.kind == "total" else kind.kind
        if name in ("total_row", "footer_row"):
            self.unsettled.append(len(self.findings))
        plain = name in ("blank_row", "repeated_header", "numbering_row") or kind.column is None
        texts = self.heading.texts
        column = (
            None
            if plain or kind.column is None or kind.column >= len(texts)
            else texts[kind.column].replace("\n", "") or None
        )
        cell = None if plain or kind.column is None else f"{letters(kind.column)}{row.number}"
        self.findings.append(Finding(self.name, row.number, Action.SKIP, name, column, cell=cell, raw=raw))

    def settle(self, row: RawRow) -> None:
        """A unit follows: the sums before it were subtotals, the words no footer; unless another estate begins."""
        column = self.heading.columns.get("estate")
        estate = (
            squeezed(as_text(row.cells[column])) if column is not None and column < len(row.cells) else ""
        )
        if estate and estate != self.carried.estate:
            self.unsettled.clear()
        for place in self.unsettled:
            found = self.findings[place]
            self.findings[place] = replace(
                found, kind="subtotal_row" if found.kind == "total_row" else "note_row"
            )
        self.unsettled.clear()

    def gap(self, first: int, last: int) -> None:
        """Blank rows between filled ones; those after the last are no part of the table."""
        if last - first + 1 > GAP:
            self.findings.append(
                Finding(self.name, first, Action.SKIP, "blank_rows", detail=str(last - first + 1))
            )
            return
        self.findings += [Finding(self.name, row, Action.SKIP, "blank_row") for row in range(first, last + 1)]

    def settle_style(self) -> None:
        """What most rows of a sheet do is how it is written, and no repair worth a line each."""
        counts = Counter(found.kind for found in self.findings if found.kind in STYLE)
        style = {kind for kind, count in counts.items() if count >= 10 and 2 * count > len(self.units)}
        if style:
            self.findings = [found for found in self.findings if found.kind not in style]

    def inner_area(self) -> None:
        """The law counts the certificate's area; a table with only the area within the walls is taken, but said."""
        column = self.heading.columns["area"]
        if "套内" in bare(self.heading.texts[column]) or "使用面积" in bare(self.heading.texts[column]):
            self.findings.append(
                Finding(
                    self.name,
                    0,
                    Action.REPAIR,
                    "inner_area_column",
                    self.heading.texts[column],
                    "area",
                    confirm=True,
                )
            )

    def columns(self, heading: Heading) -> tuple[Column, ...]:
        """Every column and what it is read as."""
        fields = {column: field for field, column in heading.columns.items()}
        return tuple(
            Column(letters(place), text.replace("\n", ""), fields.get(place))
            for place, text in enumerate(heading.texts)
            if text
        )
