"""Files of a list: Excel opens them, and nothing in them runs."""

import csv
import io
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core.exports import listed, to_csv, to_xlsx
from portal.core.listing import Column, Listing, Sort
from tests.core.conftest import Make
from tests.core.things import Thing
from tests.world import NOW, World

LISTING = Listing(
    model=Thing,
    select=sa.select(Thing.id, Thing.title, Thing.at),
    sorts=(Sort("new", "最新", Thing.at),),
    columns=(
        Column("名称", lambda row: row.title),
        Column("时间", lambda row: row.at),
        Column("号", lambda row: row.id),
    ),
)
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("http://x","y")']


def rows(*values: Mapping[str, Any]) -> list[Any]:
    return [SimpleNamespace(**{"title": "", "at": NOW, "id": 1, **v}) for v in values]


def cells(data: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_text_is_no_formula(text: str) -> None:
    (_, row) = csv.reader(io.StringIO(to_csv(LISTING, rows({"title": text})).decode("utf-8-sig"), newline=""))
    assert row[0] == "'" + text


@pytest.mark.parametrize("text", DANGEROUS)
def test_xlsx_text_is_no_formula(text: str) -> None:
    cell = cells(to_xlsx(LISTING, rows({"title": text})))[1][0]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()


def test_control_characters_are_left_out() -> None:
    table = rows({"title": "a\x00b\x07c\x0b"})
    assert cells(to_xlsx(LISTING, table))[1][0].value == "abc"
    assert b"abc" in to_csv(LISTING, table)


def test_chinese_and_the_wall_clock() -> None:
    table = rows({"title": '东府嘉和，"12"号楼'})
    assert to_csv(LISTING, table).startswith(b"\xef\xbb\xbf")
    (head, row) = csv.reader(io.StringIO(to_csv(LISTING, table).decode("utf-8-sig"), newline=""))
    assert head == ["名称", "时间", "号"]
    assert row == ['东府嘉和，"12"号楼', "2026-06-16 09:20:00", "1"]
    written = cells(to_xlsx(LISTING, table))[1]
    assert str(written[1].value) == "2026-06-16 09:20:00"
    assert written[2].value == 1


def test_nothing_is_an_empty_cell() -> None:
    table = rows({"title": None})
    assert cells(to_xlsx(LISTING, table))[1][0].value is None
    assert b"None" not in to_csv(LISTING, table)


def test_an_empty_list_is_a_heading() -> None:
    assert to_csv(LISTING, []).decode("utf-8-sig").strip() == "名称,时间,号"
    assert len(cells(to_xlsx(LISTING, []))) == 1


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_route_of_a_list_sends_its_file(
    kind: str, start: bytes, app: Flask, make: Make, world: World
) -> None:
    make("101")
    make("other_unit")
    with app.test_request_context():
        reply: Any = listed(LISTING, world.owner, {"format": kind}, "unused.html")
    assert reply.data.startswith(start)
    assert reply.headers["Content-Disposition"] == f'attachment; filename="thing.{kind}"'
    assert reply.headers["Cache-Control"] == "private, no-store"
