"""A second look at blank cells: calamine shows empty, error and never calculated formula alike as blank.

openpyxl is slow but tells them apart. Only the sheets and rows asked for are read.
"""

from io import BytesIO

from openpyxl import load_workbook

from .writing import emit


def look_again(data: bytes, wanted: dict[str, list[list[int]]]) -> None:
    """Writes {"sheet", "row", "column", "formula"} for each wanted [row, column] that is a formula or an error."""
    book = load_workbook(BytesIO(data), read_only=True, data_only=False)
    for name, places in wanted.items():
        if name not in book.sheetnames:
            continue
        rows: dict[int, set[int]] = {}
        for row, column in places:
            rows.setdefault(row, set()).add(column)
        first, last = min(rows), max(rows)
        for number, cells in enumerate(book[name].iter_rows(min_row=first, max_row=last), first):
            for column in sorted(rows.get(number, ())):
                cell = cells[column - 1] if column <= len(cells) else None
                if cell is not None and cell.data_type in ("f", "e"):
                    text = getattr(cell.value, "text", cell.value)
                    emit({"sheet": name, "row": number, "column": column, "formula": str(text)[:200]})
