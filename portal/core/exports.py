"""Files to take along. A listing is CSV that Excel opens (UTF-8 with BOM) or XLSX. Text never becomes a formula."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from . import clock
from .actor import Actor
from .listing import Column, Listing
from .pages import Reply, page
from .text import _

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(
    listing: Listing, actor: Actor, asked: Mapping[str, str], template: str, **values: Any
) -> Response | Reply:
    """The reply of a list's one route: the page, or with `format=csv|xlsx` the same rows as a file."""
    shown = listing.read(actor, asked)
    kind = asked.get("format", "")
    if kind in ("csv", "xlsx"):
        return as_file(listing.model.__tablename__, listing.columns, shown.all_rows(), kind)
    return page(template, list=shown, **values)


def as_file(name: str, columns: Sequence[Column], rows: Sequence[Any], kind: str) -> Response:
    """Rows as a download `name.csv` or `name.xlsx` (`kind`), for what is no listing of one model."""
    if kind == "csv":
        return attachment(_csv(columns, rows), "text/csv; charset=utf-8", f"{name}.csv")
    return attachment(_xlsx(name, columns, rows), XLSX, f"{name}.xlsx")


def attachment(body: bytes | str, kind: str, name: str) -> Response:
    """A file to take along, made for this reader alone."""
    head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(body, 200, head, content_type=kind)


def to_csv(listing: Listing, rows: list[Any]) -> bytes:
    return _csv(listing.columns, rows)


def to_xlsx(listing: Listing, rows: list[Any]) -> bytes:
    return _xlsx(listing.model.__tablename__, listing.columns, rows)


def _csv(columns: Sequence[Column], rows: Sequence[Any]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_(c.label) for c in columns])
    writer.writerows([harmless(c.value(row)) for c in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(name: str, columns: Sequence[Column], rows: Sequence[Any]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.append([_(c.label) for c in columns])
    for row in rows:
        sheet.append([_cell(sheet, c.value(row)) for c in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet program take a text for a formula; the full-width signs under a Chinese system."""


def harmless(value: object) -> object:
    """A spreadsheet program must not run what a person typed."""
    value = _written(value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value


def _cell(sheet: Any, value: Any) -> Any:
    value = _written(value)
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value=value)
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def _written(value: object) -> object:
    """A value as a sheet carries it: wall-clock minutes of the community, text without control characters."""
    if isinstance(value, datetime):
        return clock.local(value).replace(tzinfo=None, second=0, microsecond=0)
    return ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
