"""Small roster files made in memory: workbooks, delimited text, HTML pages."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook

from portal.places.roster.findings import Finding
from portal.places.roster.reading import gather, read_roster
from portal.places.roster.source import Source
from portal.places.roster.units import Roster, UnitRow

Line = Sequence[object]
HEADER = ("楼栋", "单元", "房号", "用途", "专有面积(㎡)", "业主姓名", "共有人", "联系电话", "交付状态")


def workbook(
    sheets: dict[str, Iterable[Line]],
    merges: dict[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
) -> bytes:
    """An xlsx of these sheets."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
        for area in (merges or {}).get(name, ()):
            sheet.merge_cells(area)
        if name in hidden:
            sheet.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def text(
    lines: Iterable[Line], encoding: str = "utf-8", delimiter: str = ",", newline: str = "\r\n"
) -> bytes:
    """Delimited text; cells are written as they are, quotes are the caller's."""
    return newline.join(
        delimiter.join("" if cell is None else str(cell) for cell in line) for line in lines
    ).encode(encoding)


def read(data: bytes | Iterable[Line], filename: str = "一化小区.csv") -> Roster:
    """Reads bytes the whole way, or lines as the child would hand them over (which costs no process)."""
    if isinstance(data, bytes):
        return read_roster(data, filename)
    rows = [
        [number, [None if cell == "" else cell for cell in line]]
        for number, line in enumerate(data, 1)
        if any(c not in ("", None) for c in line)
    ]
    return gather(
        iter([{"sheet": filename.split(".")[0], "visible": True, "merges": []}, *rows]),
        filename,
        Source.DELIMITED,
    )


def home(**changes: object) -> list[object]:
    """A sound row under HEADER, with some cells changed."""
    cells: dict[str, object] = dict(
        zip(
            HEADER,
            ("3号楼", "2单元", "501", "住宅", "89.50", "张建国", "", "19900001234", "已交付"),
            strict=True,
        )
    )
    return list((cells | changes).values())


def one(**changes: object) -> tuple[UnitRow | None, list[Finding]]:
    """What a single row of a table gives, in the third row."""
    roster = read([HEADER, home(房号="101", 业主姓名="李秀兰"), home(**changes)])
    return next((unit for unit in roster.units if unit.row == 3), None), [
        f for f in roster.findings if f.row == 3
    ]


def place(unit: UnitRow) -> str:
    """3-2-501."""
    return "-".join(part for part in (unit.building, unit.entrance, unit.room) if part)
