"""Lines of a table that are no unit: blank, totals, headings printed again, numbering, examples, captions, footers."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from portal.places.roster.cells import Cell, as_text, is_blank, squeezed
from portal.places.roster.headers import Heading, is_heading, looks_like_heading, name_columns
from portal.places.roster.housenumber import HouseNumber, read_building

TOTAL = re.compile(
    r"^(?P<of>.{0,14}?)(?P<word>小计|合计|总计|共计|累计|总和|total|subtotal)(?P<rest>[(（:：].{0,20}|\d[\d.,]*.{0,8}|.{0,4})?$",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"制表|填表|审核|复核|校对|盖章|公章|签章|负责人|经办|填报|打印|编制|日期[:：]|单位[:：]|^(?:说明|注|备注)[:：]|^注\d?[、.:：]|第\d+页|共\d+页|本表|以上|截止|截至"
)
EXAMPLES = frozenset(("例", "例：", "例:", "示例", "样例", "填写示例", "填表示例", "范例", "举例"))
FRAME = ("seq", "estate", "grid")  # columns filled beforehand: alone they make no line
LABELS = ("seq", "estate", "building", "entrance", "floor", "room", "house", "use", "grid")
SUBSTANCE = ("room", "house", "area", "owner", "phone", "co_owners")


class LineKind(NamedTuple):
    """`kind` of finding, the column (from 0) it was seen in, and for captions the place they name.

    kind "total" is settled once it is known what follows: see `reading`."""

    kind: str
    column: int | None = None
    caption: HouseNumber | None = None
    heading: Heading | None = None


def classify(row: int, cells: Sequence[Cell], heading: Heading) -> LineKind | None:
    """What kind of line this is, None for a unit."""
    columns = heading.columns
    if surely_unit(cells, columns):
        return None
    frame = {columns[name] for name in FRAME if name in columns}
    filled = [place for place, cell in enumerate(cells) if not is_blank(cell)]
    if not [place for place in filled if place not in frame or not plain_frame(cells[place])]:
        return LineKind("blank_row")
    if again := heading_again(row, cells, heading, filled):
        return again
    if numbering(cells, filled):
        return LineKind("numbering_row")
    label = next((place for place in filled if squeezed(as_text(cells[place])) in EXAMPLES), None)
    if label is not None:
        return LineKind("example_row", label)
    return total(cells, columns, filled) or words_only(cells, columns, filled)


def surely_unit(cells: Sequence[Cell], columns: dict[str, int]) -> bool:
    """Nearly every row, told at a glance: a room, an area that is a number, an owner in words."""

    def at(field: str) -> Cell:
        place = columns.get(field, -1)
        return cells[place] if 0 <= place < len(cells) else None

    room, owner, seq = at("room") or at("house"), at("owner"), at("seq")
    area = at("area")
    numeric = isinstance(area, int | float) or (isinstance(area, str) and area[:1].isdigit())
    if not numeric or not isinstance(owner, str) or room is None or squeezed(as_text(cells[0])) in EXAMPLES:
        return False
    told = not owner.strip().isdigit() and not is_blank(owner) and not TOTAL.match(squeezed(as_text(room)))
    return told and (seq is None or isinstance(seq, int | float) or seq.strip().isdigit())


def plain_frame(cell: Cell) -> bool:
    """A number or name someone filled in beforehand, and not a label such as 合计 or 制表人."""
    text = squeezed(as_text(cell))
    return not TOTAL.match(text) and not FOOTER.search(text) and len(text) <= 20


def heading_again(
    row: int, cells: Sequence[Cell], heading: Heading, filled: Sequence[int]
) -> LineKind | None:
    """The same words in the same columns, or a heading of its own (then the columns may have moved)."""
    words = [(place, squeezed(as_text(cells[place]))) for place in filled]
    same = [
        place
        for place, word in words
        if place < len(heading.texts) and word and squeezed(heading.texts[place]).endswith(word)
    ]
    if len(same) >= 3 and 2 * len(same) >= len(filled):
        return LineKind("repeated_header", same[0])
    if len(filled) >= 3 and looks_like_heading(cells):
        texts = tuple(as_text(cell).strip() for cell in cells)
        named = name_columns(texts)
        return LineKind(
            "repeated_header", filled[0], heading=Heading(named, texts, (row,)) if is_heading(named) else None
        )
    return None


def numbering(cells: Sequence[Cell], filled: Sequence[int]) -> bool:
    """1 2 3 4 … under the heading."""
    if len(filled) < 4:
        return False
    numbers = [re.sub(r"[()（）]", "", squeezed(as_text(cells[place]))) for place in filled]
    return all(
        text == str(place)
        for place, text in enumerate(numbers, int(numbers[0]) if numbers[0].isdigit() else 1)
    )


def total(cells: Sequence[Cell], columns: dict[str, int], filled: Sequence[int]) -> LineKind | None:
    """A label in a column that names the unit, or anywhere on a line without a room; or nothing but a sum."""
    numbered = any(columns[name] in filled for name in ("room", "house") if name in columns)
    places = {columns[name] for name in LABELS if name in columns} | {filled[0]}
    for place in filled:
        match = TOTAL.match(squeezed(as_text(cells[place]))) if place in places or not numbered else None
        if match:
            mid = match["word"] == "小计" or match["word"].lower() == "subtotal" or bool(match["of"])
            return LineKind("subtotal_row" if mid else "total", place)
    skipped = {columns[name] for name in (*FRAME, "floor") if name in columns}
    if {place for place in filled if place not in skipped} == {columns.get("area")} and len(filled) <= 2:
        blank = all(
            is_blank(cells[columns[n]])
            for n in ("building", "entrance")
            if n in columns and columns[n] < len(cells)
        )
        number = re.fullmatch(r"[\d,.]+", as_text(cells[columns["area"]]).strip())
        return LineKind("total", columns["area"]) if blank and number else None
    return None


def words_only(cells: Sequence[Cell], columns: dict[str, int], filled: Sequence[int]) -> LineKind | None:
    """Captions and footers: few cells, nothing in the columns that make a unit."""
    first = filled[0]
    text = squeezed(as_text(cells[first]))
    substance = {columns[name] for name in SUBSTANCE if name in columns}
    held = [place for place in filled if place in substance and place != first]
    if len(filled) <= 4 and not held and FOOTER.search(text) and (len(text) > 4 or len(filled) == 1):
        return LineKind("footer_row", first)
    if len(filled) == 1 and first != columns.get("area"):
        place = read_building(text)
        if is_caption(text, place, first == columns.get("building")):
            return LineKind("section_row", first, place)
        if first not in substance or len(text) > 12:
            return LineKind("note_row", first)
    if not held and first not in substance and len(text) > 12:
        return LineKind("footer_row", first)
    return None


def is_caption(text: str, place: HouseNumber, in_building_column: bool) -> bool:
    """3号楼, 3栋2单元, A座; a bare number only in the building's own column."""
    marked = bool(re.search(r"号楼|栋|幢|座|#|＃|单元|楼$|车库$|停车场$", text))
    return bool(place.building) and len(text) <= 12 and (marked or in_building_column)
