"""Reads xlsx with calamine. It trusts sizes and can abort the process: only ever called in the child."""

from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .writing import Writer


def read_workbook(data: bytes, out: Writer) -> None:
    """Writes every worksheet; charts and macro sheets are none."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for place, about in enumerate(book.sheets_metadata):
        if about.typ == SheetTypeEnum.WorkSheet:
            write_sheet(book.get_sheet_by_index(place), about.visible == SheetVisibleEnum.Visible, out)


def write_sheet(sheet: CalamineSheet, visible: bool, out: Writer) -> None:
    """iter_rows keeps blank rows before the table but drops blank columns: they are put back, so that
    rows and columns carry the names the spreadsheet program shows."""
    ranges = [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]
    out.sheet(sheet.name, visible, ranges)
    if sheet.start is None:
        return
    before = [None] * sheet.start[1]
    for number, cells in enumerate(sheet.iter_rows(), 1):
        out.row(number, before + list(cells))
