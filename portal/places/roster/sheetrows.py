"""The rows of one sheet as they stream in, with merged cells lent downwards to the rows they cover."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from portal.places.roster.cells import Cell, DateCell

MAX_WIDTH = 100  # columns; the child writes no more


@dataclass(slots=True)
class RawRow:
    """`cells` from column 0. `lent`: column → row its value came from; `lends`: column → last row it goes to."""

    number: int
    cells: list[Cell]
    lent: dict[int, int] = field(default_factory=dict)
    lends: dict[int, int] = field(default_factory=dict)


Merge = tuple[int, int, int, int]  # top, left, bottom, right: from 1, inclusive


def cell_of(value: object) -> Cell:
    """A cell as JSON carries it."""
    if isinstance(value, dict):
        return DateCell(str(value.get("date", "")))
    return value if isinstance(value, str | int | float | bool) else None


def rows_of(lines: Iterable[Sequence[object]], merges: Sequence[Merge]) -> Iterator[RawRow]:
    """Fills vertically merged cells: only the first column of a merged block has a meaning, the rest is decoration.

    A row that consists of lent cells only is not in `lines`; it is not a row of its own."""
    waiting = sorted((m for m in merges if m[2] > m[0] and m[1] <= MAX_WIDTH), reverse=True)
    active: dict[int, tuple[int, int, Cell]] = {}  # column → (top, bottom, value)
    for line in lines:
        number = int(str(line[0]))
        values = line[1]
        row = RawRow(number, [cell_of(value) for value in values] if isinstance(values, list) else [])
        lend(row, active)
        while waiting and waiting[-1][0] <= number:
            top, left, bottom, _ = waiting.pop()
            column = left - 1
            value = row.cells[column] if top == number and column < len(row.cells) else None
            if bottom > number or top == number:
                active[column] = (top, bottom, value)
            if top == number and value is not None:
                row.lends[column] = bottom
        yield row


def lend(row: RawRow, active: dict[int, tuple[int, int, Cell]]) -> None:
    """Puts the values of blocks above into the blank cells of this row."""
    for column in [c for c, (_, bottom, _) in active.items() if bottom < row.number]:
        del active[column]
    for column, (top, _, value) in active.items():
        if value is None:
            continue
        if column >= len(row.cells):
            row.cells += [None] * (column + 1 - len(row.cells))
        if row.cells[column] is None:
            row.cells[column] = value
            row.lent[column] = top


def spread_over(merges: Sequence[Merge], rows: Sequence[RawRow]) -> dict[tuple[int, int], Cell]:
    """(row, column from 0) → the text a heading merged across columns lends to the cells right of it."""
    held = {row.number: row.cells for row in rows}
    out: dict[tuple[int, int], Cell] = {}
    for top, left, _, right in merges:
        cells = held.get(top)
        if cells and left <= len(cells):
            for column in range(left, min(right, MAX_WIDTH)):
                out[top, column] = cells[left - 1]
    return out
