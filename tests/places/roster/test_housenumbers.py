"""House numbers in one column and in four, in the forms they are written in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.places.roster.housenumber import (
    estate_before,
    read_building,
    read_entrance,
    read_house,
    read_room,
)
from portal.places.roster.numerals import from_chinese

from .files import HEADER, home, one, place, read, workbook

FORMS = [
    "3-2-501",
    "3号楼2单元501室",
    "3号楼2单元501",
    "3栋2单元501",
    "3栋2单元501室",
    "3幢2单元501",
    "3#2-501",
    "3#-2-501",
    "3#楼2单元501",
    "３－２－５０１",
    "3—2—501",
    "3 - 2 - 501",
    "3.2.501",
    "3/2/501",
    "03-02-501",
    "3号楼-2单元-501",
    "三号楼二单元五层501",
    "3栋2单元5楼501",
    "3-2-5-501",
    "3-2-5-01",
    "3号楼2-501",
    "第3号楼第2单元501号",
    "3号2单元501",
    "3楼2单元501",
    "3栋2门501",
    "3号楼2单元5-501",
    "3座2单元501",
]


@pytest.mark.parametrize("form", FORMS)
def test_one_column(form: str) -> None:
    """Every form is the same home, and what is unusual about it is said in the report."""
    roster = read([["房号", "业主", "面积"], [form, "张建国", "89.5"]])
    (unit,) = roster.units
    assert (unit.building, unit.entrance, unit.room, unit.floor) == ("3", "2", "501", 5)
    assert ("building_hash" in {f.kind for f in roster.findings}) == ("#" in form)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("3-501", ("3", "", "501")),
        ("3号楼501", ("3", "", "501")),
        ("A座1203", ("A", "", "1203")),
        ("A-2-501", ("A", "2", "501")),
        ("12号楼商01", ("12", "", "商01")),
        ("12-商铺03", ("12", "", "商铺03")),
        ("地下车库A-001", ("地下车库", "", "A-001")),
        ("地下车库023号车位", ("地下车库", "", "023")),
        ("19#-商铺03", ("19", "", "商铺03")),
        ("十二栋一单元1101", ("12", "1", "1101")),
        ("二期3号楼2单元501", ("二期3号楼", "2", "501")),
        ("东府嘉和二期3-2-501", ("二期3号楼", "2", "501")),
        ("3-501#", ("3", "", "501")),
    ],
)
def test_other_places(form: str, expected: tuple[str, str, str]) -> None:
    found = read_house(form)
    assert found is not None
    assert (found.building, found.entrance, found.room) == expected


@pytest.mark.parametrize(
    ("form", "estate"),
    [
        ("一化小区3号楼2单元501室", "一化小区"),
        ("东兴路18号一化小区3-2-501", "一化小区"),
        ("东府嘉和3幢2单元501", "东府嘉和"),
        ("3-2-501", ""),
        ("青海省西宁市城东区东兴路18号东府嘉和3号楼2单元501", "东府嘉和"),
    ],
)
def test_the_estate_in_front(form: str, estate: str) -> None:
    found = read_house(form)
    assert found is not None
    assert (found.building, found.entrance, found.room) == ("3", "2", "501")
    assert estate_before(found.before) == estate


@pytest.mark.parametrize(
    ("text", "building", "kinds"),
    [
        ("3", "3", ()),
        ("3号楼", "3", ()),
        ("3栋", "3", ()),
        ("3号", "3", ()),
        ("03", "3", ()),
        ("a座", "A", ()),
        ("3#", "3", ("building_hash",)),
        ("3＃楼", "3", ("building_hash",)),
        ("三号楼", "3", ("building_in_words",)),
        ("地下车库", "地下车库", ()),
        ("商业楼", "商业楼", ()),
        ("一期3号楼", "一期3号楼", ()),
        ("一期3#", "一期3号楼", ("building_hash",)),
        ("A区3栋", "A区3号楼", ()),
    ],
)
def test_building_column(text: str, building: str, kinds: tuple[str, ...]) -> None:
    found = read_building(text)
    assert found.building == building
    assert tuple(m.kind for m in found.mends) == kinds


def test_building_and_entrance_in_one_column() -> None:
    roster = read([["楼栋单元", "房号", "业主", "面积"], ["3号楼2单元", "501", "张建国", "89.5"]])
    assert [place(unit) for unit in roster.units] == ["3-2-501"]


@pytest.mark.parametrize(
    ("text", "entrance"),
    [
        ("2", "2"),
        ("2单元", "2"),
        ("二单元", "2"),
        ("十二单元", "12"),
        ("第2单元", "2"),
        ("-", ""),
        ("无", ""),
        ("2门", "2"),
    ],
)
def test_entrance_column(text: str, entrance: str) -> None:
    assert read_entrance(text).entrance == entrance


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("501", "501"),
        ("501室", "501"),
        ("2单元501", "501"),
        ("5层501", "501"),
        ("商01", "商01"),
        ("A-001", "A-001"),
    ],
)
def test_room_column(text: str, room: str) -> None:
    assert read_room(text).room == room


@pytest.mark.parametrize(
    "room", ["501", "2-501", "3-2-501", "3号楼2单元501室", "2单元501", "501室", "５０１", " 501"]
)
def test_room_that_repeats_what_the_columns_say(room: str) -> None:
    unit, _ = one(房号=room)
    assert unit is not None
    assert place(unit) == "3-2-501"


@pytest.mark.parametrize("room", ["5-2-501", "3-1-501", "5号楼2单元501", "1单元501"])
def test_room_that_contradicts_the_columns_is_refused(room: str) -> None:
    unit, found = one(房号=room)
    assert unit is None
    assert [f.kind for f in found] == ["house_number_conflict"]
    assert "第 3 行" in found[0].text
    assert room in found[0].text


def test_numbers_of_a_spreadsheet() -> None:
    unit, found = one(楼栋=3, 单元=2, 房号=501, 专有面积=89.5)
    assert unit is not None
    assert place(unit) == "3-2-501"
    assert found == []


def test_a_house_number_turned_into_a_date_is_refused() -> None:
    roster = read(workbook({"一化小区": [HEADER, home(), home(房号=date(2026, 3, 12))]}), "a.xlsx")
    assert [(f.row, f.kind) for f in roster.findings] == [(3, "house_number_date")]
    assert "2026-03-12" in roster.findings[0].text
    roster = read([["房号", "业主", "面积"], ["3-2-501", "张建国", "89.5"], ["2026/3/12", "李秀兰", "89.5"]])
    assert [f.kind for f in roster.findings] == ["house_number_date"]


def test_most_rows_written_alike_are_a_style_and_no_repair() -> None:
    rows = [home(楼栋="3#", 房号=str(room)) for room in range(101, 121)]
    roster = read(workbook({"一化小区": [HEADER, *rows]}), "a.xlsx")
    assert len(roster.units) == 20
    assert roster.findings == ()


@given(
    st.integers(1, 199),
    st.integers(1, 9),
    st.integers(1, 40),
    st.integers(1, 9),
    st.sampled_from(["{}-{}-{}", "{}号楼{}单元{}室", "{}栋{}单元{}", "{}#{}-{}"]),
)
def test_any_number_round_trips(building: int, entrance: int, floor: int, door: int, form: str) -> None:
    room = f"{floor}{door:02d}"
    found = read_house(form.format(building, entrance, room))
    assert found is not None
    assert (found.building, found.entrance, found.room) == (
        str(building),
        str(entrance),
        room,
    )


def to_chinese(number: int) -> str:
    """1 to 99 in words, without 零."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    lead = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return lead + (digits[ones] if ones or not tens else "")


@given(st.integers(1, 99))
def test_chinese_numerals_round_trip(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number
