"""Whole tables: headings in any wording and order, merged cells, lines that are no unit, several sheets and estates."""

from collections.abc import Sequence

import pytest

from portal.places.roster.estates import estate_in
from portal.places.roster.headers import field_of, name_columns
from portal.places.roster.reading import read_roster
from portal.places.roster.refusal import RosterRefused
from portal.places.roster.units import Use

from .files import HEADER, Line, home, one, place, read, workbook

HEADINGS = [
    [
        "序号",
        "楼栋",
        "单元",
        "楼层",
        "房号",
        "用途",
        "专有面积(㎡)",
        "面积来源",
        "业主姓名",
        "共有人",
        "联系电话",
        "交付状态",
        "网格",
        "备注",
    ],
    [
        "编号",
        "幢号",
        "单元号",
        "所在楼层",
        "室号",
        "房屋用途",
        "建筑面积（平方米）",
        "面积依据",
        "产权人",
        "共有产权人",
        "手机号码",
        "交房情况",
        "所属网格",
        "说明",
    ],
    [
        "No.",
        "楼号",
        "门洞",
        "层",
        "房间号",
        "规划用途",
        "产权面积",
        "数据来源",
        "房屋所有权人",
        "其他共有人",
        "联系方式",
        "状态",
        "网格名称",
        "附注",
    ],
    [
        "序",
        "栋",
        "梯号",
        "楼 层",
        "门牌号",
        "房屋性质",
        "房屋面积\n(m²)",
        "来源",
        "*业主名称",
        "共同所有人",
        "电话",
        "是否交付",
        "网格",
        "其他",
    ],
    [
        "序号",
        "座号",
        "单元",
        "楼层",
        "户号",
        "物业类型",
        "证载面积：㎡",
        "面积来源",
        "户主",
        "共有权人",
        "移动电话",
        "房屋状态",
        "网格号",
        "备 注",
    ],
]
FIELDS = [
    "seq",
    "building",
    "entrance",
    "floor",
    "room",
    "use",
    "area",
    "area_source",
    "owner",
    "co_owners",
    "phone",
    "delivery",
    "grid",
    "note",
]


@pytest.mark.parametrize("headings", HEADINGS)
@pytest.mark.parametrize("backwards", [False, True])
def test_headings_in_any_wording_and_order(headings: list[str], backwards: bool) -> None:
    named = name_columns(headings[::-1] if backwards else headings)
    assert named == {field: (13 - at if backwards else at) for at, field in enumerate(FIELDS)}


@pytest.mark.parametrize(
    "text",
    [
        "身份证号码",
        "交付日期",
        "公摊面积",
        "产权证号",
        "车牌号",
        "物业费",
        "总楼层",
        "共有人电话",
        "租户姓名",
        "业主签名",
        "楼栋长",
        "网格员",
        "户数",
    ],
)
def test_columns_that_are_not_read(text: str) -> None:
    assert field_of(text) is None


def test_of_several_areas_the_one_the_law_counts() -> None:
    roster = read(
        [["房号", "业主", "套内面积", "公摊面积", "建筑面积"], ["3-2-501", "张建国", 70, 19.5, 89.5]]
    )
    assert roster.units[0].area == 8950
    assert roster.findings == ()
    roster = read([["房号", "业主", "套内面积"], ["3-2-501", "张建国", 70]])
    assert roster.units[0].area == 7000
    assert [(f.kind, f.confirm) for f in roster.findings] == [("inner_area_column", True)]


def test_titles_above_and_a_heading_over_two_lines() -> None:
    lines: list[Sequence[object]] = [
        ["东府嘉和房屋及业主台账"],
        ["填报单位：东兴社区"],
        [],
        ["序号", "房屋坐落", None, None, "房屋情况", None, "业主"],
        [None, "楼栋", "单元", "房号", "用途", "面积", "姓名"],
        [1, "3号楼", "2单元", "501", "住宅", 89.5, "张建国"],
    ]
    roster = read(workbook({"Sheet1": lines}, {"Sheet1": ["A1:G1", "A4:A5", "B4:D4", "E4:F4"]}), "a.xlsx")
    (unit,) = roster.units
    assert (unit.estate, place(unit), unit.row, unit.area) == ("东府嘉和", "3-2-501", 6, 8950)
    assert (roster.sheets[0].header_row, roster.sheets[0].first_row) == (5, 6)


def test_a_table_that_begins_in_the_middle_keeps_the_rows_and_columns_of_the_sheet() -> None:
    lines = [[], [], [None, None, "房号", "业主", "面积"], [None, None, "3-2-501", "张建国", "89.5㎡"]]
    roster = read(workbook({"一化小区": lines}), "a.xlsx")
    assert roster.units[0].row == 4
    assert roster.findings[0].cell == "E4"


def test_merged_cells_are_filled_down() -> None:
    rows: list[Line] = [
        ["3号楼", "1单元", "101", "住宅", 50, "张建国"],
        [None, None, "102", "住宅", 60, "李秀兰"],
        [None, "2单元", "101", "住宅", 70, "马军"],
    ]
    data = workbook(
        {"一化小区": [["楼栋", "单元", "房号", "用途", "面积", "业主"], *rows]},
        {"一化小区": ["A2:A4", "B2:B3"]},
    )
    roster = read(data, "a.xlsx")
    assert [place(unit) for unit in roster.units] == [
        "3-1-101",
        "3-1-102",
        "3-2-101",
    ]
    assert roster.findings == ()


def test_blank_cells_below_a_building_are_filled_and_said() -> None:
    roster = read(
        [
            ["楼栋", "单元", "房号", "面积", "业主"],
            ["3号楼", "1单元", "101", 50, "张建国"],
            ["", "", "102", 60, "李秀兰"],
            ["", "2单元", "101", 70, "马军"],
        ]
    )
    assert [place(unit) for unit in roster.units] == ["3-1-101", "3-1-102", "3-2-101"]
    assert [(f.row, f.kind, f.reads_as, f.confirm) for f in roster.findings] == [
        (3, "filled_down", "3", True),
        (4, "filled_down", "3", True),
    ]


def test_owners_on_rows_of_their_own_under_a_merged_house_number() -> None:
    rows: list[Line] = [["3-2-501", 89.5, "张建国"], [None, None, "李秀兰"], ["3-2-502", 90, "马军"]]
    roster = read(
        workbook({"一化小区": [["房号", "面积", "业主"], *rows]}, {"一化小区": ["A2:A3", "B2:B3"]}), "a.xlsx"
    )
    assert [[o.name for o in unit.owners] for unit in roster.units] == [["张建国", "李秀兰"], ["马军"]]
    assert [(f.row, f.kind, f.confirm) for f in roster.findings] == [(3, "coowner_rows", True)]


def test_one_area_merged_over_two_units_is_refused_for_both() -> None:
    rows: list[Line] = [["3-2-501", 89.5, "张建国"], ["3-2-502", None, "张建国"], ["3-2-503", 70, "马军"]]
    roster = read(
        workbook({"一化小区": [["房号", "面积", "业主"], *rows]}, {"一化小区": ["B2:B3"]}), "a.xlsx"
    )
    assert [place(u) for u in roster.units] == ["3-2-503"]
    assert [(f.row, f.kind) for f in roster.findings] == [
        (2, "area_merged"),
        (3, "area_merged"),
    ]


def test_captions_name_the_building_of_the_rows_below() -> None:
    roster = read(
        [
            ["房号", "业主", "面积"],
            ["3号楼", "", ""],
            ["2-501", "张建国", 50],
            ["4号楼", "", ""],
            ["501", "马军", 50],
        ]
    )
    assert [place(unit) for unit in roster.units] == ["3-2-501", "4-501"]
    assert [f.kind for f in roster.findings] == ["section_row", "section_row"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (["小计", "", "", "", 179.0, "", "", "", ""], "subtotal_row"),
        (["3号楼小计", "", "", "", 179.0, "", "", "", ""], "subtotal_row"),
        (["小 计", "", "", "", 179.0, "", "", "", ""], "subtotal_row"),
        (["本栋合计", "", "", "", 179.0, "2户", "", "", ""], "subtotal_row"),
        (["", "", "合计：", "", 179.0, "", "", "", ""], "subtotal_row"),
        (["", "", "", "", 179.0, "", "", "", ""], "subtotal_row"),
        (list(HEADER), "repeated_header"),
        ([], "blank_row"),
        (["　", "", "", "", "", "", "", "", ""], "blank_row"),
        (["1", "2", "3", "4", "5", "6", "7", "8", "9"], "numbering_row"),
        (["一化小区房屋及业主台账（续）", "", "", "", "", "", "", "", ""], "note_row"),
        (["第2页 共5页", "", "", "", "", "", "", "", ""], "note_row"),
        (["示例", "1单元", "101", "住宅", "88", "某某", "", "", ""], "example_row"),
    ],
)
def test_lines_that_are_no_unit(line: list[object], kind: str) -> None:
    """In the middle, with a unit after it; never counted."""
    roster = read([HEADER, home(房号="101"), line, home(房号="102")])
    assert [(f.row, f.action, f.kind) for f in roster.findings] == [(3, "skip", kind)]
    assert [u.row for u in roster.units] == [2, 4]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (["合计", "", "", "", 179.0, "", "", "", ""], "total_row"),
        (["总 计", "", "", "", 179.0, "", "", "", ""], "total_row"),
        (["", "", "", "", 179.0, "", "", "", ""], "total_row"),
        (["小计", "", "", "", 179.0, "", "", "", ""], "subtotal_row"),
        (["制表人：    审核人：", "", "", "", "", "", "", "", ""], "footer_row"),
        (["备注：以上面积以产权证为准", "", "", "", "", "", "", "", ""], "footer_row"),
        (["", "", "填表日期：2026年4月1日", "", "", "", "", "", ""], "footer_row"),
    ],
)
def test_lines_below_the_last_unit(line: list[object], kind: str) -> None:
    roster = read([HEADER, home(房号="101"), home(房号="102"), line, []])
    assert [(f.row, f.kind) for f in roster.findings] == [(4, kind)]
    assert len(roster.units) == 2
    assert roster.sheets[0].last_row == 3


def test_a_long_gap_is_one_line_of_the_report() -> None:
    roster = read([HEADER, home(房号="101"), *[[]] * 500, home(房号="102")])
    assert [(f.row, f.kind, f.detail) for f in roster.findings] == [(3, "blank_rows", "500")]
    assert roster.units[1].row == 503


def test_a_second_heading_may_move_the_columns() -> None:
    roster = read(
        [
            ["房号", "业主", "面积"],
            ["3-2-501", "张建国", 50],
            ["面积", "房号", "业主"],
            [60, "3-2-502", "马军"],
        ]
    )
    assert [(place(u), u.area) for u in roster.units] == [("3-2-501", 5000), ("3-2-502", 6000)]


def test_sheets_for_estates_for_buildings_and_for_uses() -> None:
    rows: list[Line] = [["房号", "业主", "面积"], ["101", "张建国", 50]]
    roster = read(
        workbook(
            {
                "3号楼": rows,
                "4号楼": rows,
                "车位": [["编号", "房号", "业主", "面积"], [1, "A-001", "张建国", 12]],
            }
        ),
        "东府嘉和业主台账.xlsx",
    )
    assert [(u.estate, place(u), u.use) for u in roster.units] == [
        ("东府嘉和", "3-101", Use.HOME),
        ("东府嘉和", "4-101", Use.HOME),
        ("东府嘉和", "车位区-A-001", Use.PARKING),
    ]


def test_an_estate_column_parts_one_sheet() -> None:
    rows: list[Line] = [
        ["小区名称", "楼栋", "房号", "业主", "面积"],
        ["一化小区", "3", "101", "张建国", 50],
        ["东府嘉和", "3", "101", "马军", 60],
        ["", "3", "102", "马军", 60],
    ]
    roster = read(rows)
    assert [(u.estate, place(u)) for u in roster.units] == [
        ("一化小区", "3-101"),
        ("东府嘉和", "3-101"),
        ("东府嘉和", "3-102"),
    ]


def test_hidden_sheets_and_sheets_without_a_table_are_named() -> None:
    rows: list[Line] = [["房号", "业主", "面积"], ["3-1-101", "张建国", 50]]
    roster = read(
        workbook(
            {
                "一化小区": rows,
                "旧表": rows,
                "说明": [["请如实填写"]],
                "汇总": [["楼栋", "户数", "面积"], [1, 2, 3]],
            },
            hidden=["旧表"],
        ),
        "a.xlsx",
    )
    assert [(f.sheet, f.kind) for f in roster.findings] == [
        ("旧表", "hidden_sheet"),
        ("说明", "sheet_without_table"),
        ("汇总", "sheet_without_table"),
    ]
    assert len(roster.units) == 1


@pytest.mark.parametrize(
    ("title", "estate"),
    [
        ("东兴社区一化小区房屋及业主台账", "一化小区"),
        ("2026年城馨丽锦房屋清册", "城馨丽锦"),
        ("东府嘉和业主名册2026", "东府嘉和"),
        ("Sheet1", ""),
        ("工作表1", ""),
        ("3号楼", ""),
        ("业主花名册", ""),
        ("车位", ""),
        ("一化小区商铺", "一化小区"),
        ("碧水花园3号楼", "碧水花园"),
        ("填报单位：东兴社区居民委员会", ""),
        ("韵家口镇东兴社区东府嘉和业主信息登记表", "东府嘉和"),
    ],
)
def test_the_estate_of_a_title(title: str, estate: str) -> None:
    assert estate_in(title) == estate


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"专有面积(㎡)": None}, "area_missing", "面积"),
        ({"专有面积(㎡)": "待实测"}, "area_not_a_number", "待实测"),
        ({"专有面积(㎡)": 0}, "area_out_of_range", "0"),
        ({"房号": None}, "room_missing", "房号"),
    ],
)
def test_refusals_say_row_matter_and_cure(change: dict[str, object], kind: str, words: str) -> None:
    unit, found = one(**change)
    assert unit is None
    assert [f.kind for f in found] == [kind]
    assert "第 3 行" in found[0].text
    assert words in found[0].text
    assert "请" in found[0].text


@pytest.mark.parametrize(
    ("change", "action", "kind"),
    [
        ({}, "skip", "duplicate_row"),
        ({"楼栋": "3#"}, "skip", "duplicate_row"),
        ({"联系电话": "19900009999"}, "skip", "duplicate_row_other_phone"),
        ({"业主姓名": "马军"}, "refuse", "duplicate_unit_other_owner"),
        ({"共有人": "马军"}, "refuse", "duplicate_unit_other_owner"),
        ({"专有面积(㎡)": "90"}, "refuse", "duplicate_unit_other_area"),
    ],
)
def test_a_unit_printed_twice(change: dict[str, object], action: str, kind: str) -> None:
    roster = read([HEADER, home(), home(**change)])
    assert [u.row for u in roster.units] == [2]
    (found,) = roster.findings
    assert (found.row, found.action, found.kind, found.same_unit_as_row) == (
        3,
        action,
        kind,
        2,
    )
    assert "第 2 行" in found.text


def test_the_same_room_of_another_use_is_another_unit() -> None:
    roster = read([HEADER, home(), home(用途="储藏室")])
    assert len(roster.units) == 2
    assert roster.findings == ()


def test_a_row_taken_without_its_owner_is_said() -> None:
    unit, found = one(业主姓名="")
    assert unit is not None
    assert unit.owners == ()
    assert [(f.kind, f.confirm) for f in found] == [("owner_missing", True)]
    unit, found = one(业主姓名="", 交付状态="未售")
    assert unit is not None
    assert found == []


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["甲", "乙"], ["1", "2"]], "no_header"),
        ([["房号", "业主", "电话"], ["3-2-501", "张建国", "1"]], "no_area_column"),
        ([["房号", "业主", "面积"]], "no_units"),
        ([["房号", "业主", "面积"], ["合计", "", "0"]], "no_units"),
    ],
)
def test_files_without_units_are_refused(rows: list[list[object]], code: str) -> None:
    with pytest.raises(RosterRefused) as refused:
        read(rows)
    assert refused.value.code == code
    assert refused.value.sentence.endswith("。")


def test_sums_of_several_estates_in_one_sheet() -> None:
    head: Line = ["小区", "房号", "业主", "面积"]
    first: Line = ["一化小区", "3-1-101", "张建国", "50"]
    second: Line = ["东府嘉和", "3-1-101", "马军", "60"]
    roster = read([head, first, ["一化小区", "合计", "", "50"], second, ["东府嘉和", "合计", "", "60"]])
    assert [(f.row, f.kind) for f in roster.findings] == [(3, "total_row"), (5, "total_row")]


def test_the_building_in_the_name_of_a_file() -> None:
    roster = read([["单元", "房号", "业主", "面积"], ["1", "101", "张建国", "50"]], "碧水花园3号楼.csv")
    assert [(u.estate, place(u)) for u in roster.units] == [("碧水花园", "3-1-101")]


def test_phases_number_their_buildings_anew() -> None:
    rows: list[Line] = [
        ["楼栋", "房号", "业主", "面积"],
        ["一期3号楼", "101", "张建国", "50"],
        ["二期3号楼", "101", "马军", "50"],
    ]
    assert len(read([*rows, ["一期3#", "101", "张建国", "50"]]).units) == 2


def test_a_word_for_a_use_is_no_estate() -> None:
    roster = read(
        [
            ["房号", "用途", "业主", "面积"],
            ["3-1-101", "住宅", "马军", "50"],
            ["商铺1-01", "商铺", "马军", "50"],
        ]
    )
    assert roster.estates == ("一化小区",)
    assert [(f.row, f.kind) for f in roster.findings] == [(3, "building_missing")]


def test_the_estate_given_is_for_sheets_that_name_none() -> None:
    rows: list[Line] = [["西宁市城东区房屋信息采集表"], ["房号", "业主", "面积"], ["3-1-101", "张建国", 50]]
    roster = read_roster(workbook({"一化小区": rows, "Sheet2": rows}), "a.xlsx", "东府嘉和")
    assert roster.estates == ("一化小区", "东府嘉和")
