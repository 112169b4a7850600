"""A result file of the authority's system: CSV or XLSX with eight columns, opened in a process of its own."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ...core.errors import Invalid
from ...core.text import N_, _
from ...places.roster.cells import DateCell, as_text
from ...places.roster.process import open_apart
from ...places.roster.refusal import RosterRefused
from ...places.roster.source import recognise
from ...voting.explaining.figures import joined

COLUMNS: dict[str, tuple[str, ...]] = {
    "roll_version": ("名册版本", "名册版号"),
    "unit_id": ("房屋编号", "房屋"),
    "item_no": ("事项序号", "事项"),
    "choice": ("表决意见", "选择", "意见"),
    "channel": ("投票渠道", "渠道", "投票方式"),
    "cast_at": ("投票时间", "时间"),
    "source_ref": ("来源编号", "原始编号", "流水号"),
    "sha256": ("校验码", "校验值"),
}
"""Names of the columns as the format has them, and as people write them."""
SEARCHED = 20
"""Rows in which the heading is looked for."""
LONGEST = 120
NO_HEADING = N_("没有找到表头。文件要有这几列：%(columns)s。")
LACKING = N_("表头里少了这几列：%(columns)s。")
TOO_MANY = N_("行数超过 60000。请按楼分成几个文件再导入。")


class Row(NamedTuple):
    """A row as it is in the file; `line` is its number there."""

    line: int
    roll_version: str
    unit_id: str
    item_no: str
    choice: str
    channel: str
    cast_at: str
    source_ref: str
    sha256: str


def read(data: bytes) -> list[Row]:
    """All rows below the heading of the first sheet that has one. Raises Invalid (field `file`) with one sentence."""
    try:
        source = recognise(data)
        values = open_apart(source.value, "official", data)
        try:
            return list(_rows(values))
        finally:
            values.close()
    except RosterRefused as refused:
        sentence = TOO_MANY if refused.code == "too_many_rows" else refused.template
        raise Invalid(_(sentence, **refused.values), "file") from refused


def _rows(values: Iterator[Any]) -> Iterator[Row]:
    places: dict[str, int] | None = None
    nearest: set[str] = set()
    seen = 0
    for value in values:
        if isinstance(value, dict):
            if "sheet" in value and places is not None:
                break
            seen = 0
            continue
        number, cells = int(value[0]), [_text(cell) for cell in value[1]]
        if places is not None:
            yield _row(number, cells, places)
            continue
        seen += 1
        found = _heading(cells) if seen <= SEARCHED else {}
        nearest = max(nearest, set(found), key=len)
        places = found if len(found) == len(COLUMNS) else None
    if places is None:
        lacking = [name for name in COLUMNS if name not in nearest]
        sentence = LACKING if len(nearest) > len(lacking) else NO_HEADING
        raise Invalid(_(sentence, columns=joined(lacking if nearest else COLUMNS)), "file")


def _heading(cells: Sequence[str]) -> dict[str, int]:
    names = {alias: name for name, aliases in COLUMNS.items() for alias in (name, *aliases)}
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = names.get(cell.lower())
        if name is not None:
            found.setdefault(name, place)
    return found


def _row(number: int, cells: Sequence[str], places: dict[str, int]) -> Row:
    def at(name: str) -> str:
        return cells[places[name]] if places[name] < len(cells) else ""

    return Row(number, *(at(name)[:LONGEST] for name in Row._fields[1:]))


def _text(cell: Any) -> str:
    plain = DateCell(str(cell.get("date", ""))) if isinstance(cell, dict) else cell
    return as_text(plain).replace("\0", "").strip()
