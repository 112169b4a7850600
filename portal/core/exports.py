"""A listing as a file: CSV that Excel opens (UTF-8 with BOM) and XLSX. Text never becomes a formula."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from . import clock
from .actor import Actor
from .listing import Listing
from .pages import Reply, page
from .text import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(
    listing: Listing, actor: Actor, asked: Mapping[str, str], template: str, **values: Any
) -> Response | Reply:
    """The reply of a list's one route: the page, or with `format=csv|xlsx` the same rows as a file."""
    shown = listing.read(actor, asked)
    if asked.get("format") == "csv":
        return _file(
            to_csv(listing, shown.all_rows()), "text/csv; charset=utf-8", f"{listing.model.__tablename__}.csv"
        )
    if asked.get("format") == "xlsx":
        return _file(to_xlsx(listing, shown.all_rows()), XLSX, f"{listing.model.__tablename__}.xlsx")
    return page(template, list=shown, **values)


def to_csv(listing: Listing, rows: list[Any]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_(c.label) for c in listing.columns])
    writer.writerows([_harmless(c.value(row)) for c in listing.columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(listing: Listing, rows: list[Any]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(listing.model.__tablename__)
    sheet.append([_(c.label) for c in listing.columns])
    for row in rows:
        sheet.append([_cell(sheet, c.value(row)) for c in listing.columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet program take a text for a formula; the full-width signs under a Chinese system."""


def _harmless(value: object) -> object:
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


def _file(body: bytes, kind: str, name: str) -> Response:
    head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(body, 200, head, content_type=kind)
