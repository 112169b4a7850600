"""Reads the tables of an HTML page: many systems write one and call it .xls."""

import re

from lxml import html
from lxml.html import HtmlElement

from .delimited import decode
from .limits import MAX_COLUMNS
from .writing import Refused, Writer

BREAK = "\ue0f0"  # private use: means nothing in a roster


def read_page(data: bytes, name: str, out: Writer) -> str:
    """Writes each outermost table as a sheet and returns the encoding, which is found as for delimited text:
    what the page declares is often wrong."""
    text, encoding = decode(data)
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    root = html.document_fromstring(text.encode(), parser=parser)
    tables = [t for t in root.iter("table") if not any(True for _ in t.iterancestors("table"))]
    if not tables:
        raise Refused("no_table")
    for number, table in enumerate(tables, 1):
        write_table(table, name if len(tables) == 1 else f"{name} {number}", out)
    return encoding


def write_table(table: HtmlElement, name: str, out: Writer) -> None:
    """Lays cells on a grid: rowspan and colspan push those after them aside and become merged ranges."""
    taken: dict[int, int] = {}  # column → first row below what covers it
    rows: list[dict[int, str]] = []
    merges: list[tuple[int, int, int, int]] = []
    own = [tr for tr in table.iter("tr") if next(tr.iterancestors("table")) is table]
    for number, tr in enumerate(own, 1):
        column, cells = 1, dict[int, str]()
        for cell in tr.iterchildren("td", "th"):
            while taken.get(column, 0) > number:
                column += 1
            down, across = span(cell, "rowspan", len(own) - number + 1), span(cell, "colspan", MAX_COLUMNS)
            if column > MAX_COLUMNS:
                raise Refused("too_many_columns", number)
            cells[column] = content(cell)
            if down > 1 or across > 1:
                merges.append((number, column, number + down - 1, column + across - 1))
            for covered in range(column, column + across):
                taken[covered] = number + down
            column += across
        rows.append(cells)
    out.sheet(name, True, merges)
    for number, cells in enumerate(rows, 1):
        out.row(number, [cells.get(c) for c in range(1, max(cells, default=0) + 1)])


def span(cell: HtmlElement, attribute: str, most: int) -> int:
    """Rows or columns a cell covers, at least one and never beyond the table."""
    text = (cell.get(attribute) or "1").strip()
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def content(cell: HtmlElement) -> str:
    """The words of a cell. <br> parts names and becomes a line break; white space means nothing where the source
    is broken over lines, and is left to be reported where it is not."""
    for br in cell.iter("br"):
        br.tail = BREAK + (br.tail or "")
    text = str(cell.text_content())
    if "\n" in text:
        text = re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
    return re.sub(f" ?{BREAK} ?", "\n", text).strip("\n")
