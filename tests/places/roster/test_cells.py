"""Single cells: areas, phones, names, words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.places.roster.areas import printed, read_area
from portal.places.roster.cells import Cell, as_text
from portal.places.roster.owners import kind_of, read_owners
from portal.places.roster.phones import read_phone
from portal.places.roster.units import Delivery, OwnerKind, Use
from portal.places.roster.words import floor_of_room, read_delivery, read_floor, read_use

from .files import one


@pytest.mark.parametrize(
    ("cell", "area", "kinds"),
    [
        (89.5, "89.50", []),
        (89, "89.00", []),
        ("89.50", "89.50", []),
        ("89.5㎡", "89.50", ["area_with_unit"]),
        ("89.5 m²", "89.50", ["area_with_unit"]),
        ("89.5m2", "89.50", ["area_with_unit"]),
        ("89.5平方米", "89.50", ["area_with_unit"]),
        ("89.5平米", "89.50", ["area_with_unit"]),
        ("８９．５０", "89.50", ["fullwidth_digits"]),
        ("1,234.5", "1234.50", ["area_thousands"]),
        (89.500000000003, "89.50", ["area_float_noise"]),
        ("89.500000000003", "89.50", ["area_float_noise"]),
        (0.1 + 0.2, "0.30", []),
        (" 89.5 ", "89.50", ["stray_spaces"]),
        (89.456, "89.46", ["area_rounded"]),
        ("89.455", "89.46", ["area_rounded"]),
    ],
)
def test_areas(cell: Cell, area: str, kinds: list[str]) -> None:
    reading = read_area(cell)
    assert reading.area is not None
    assert printed(reading.area) == area
    assert [mend.kind for mend in reading.mends] == kinds
    assert all(mend.reads_as == area for mend in reading.mends)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (None, "area_missing"),
        ("", "area_missing"),
        ("　", "area_missing"),
        ("/", "area_missing"),
        ("待实测", "area_not_a_number"),
        ("约89", "area_not_a_number"),
        ("89,5", "area_not_a_number"),
        ("80+9.5", "area_not_a_number"),
        (True, "area_not_a_number"),
        (0, "area_out_of_range"),
        (-89.5, "area_out_of_range"),
        ("9" * 40, "area_out_of_range"),
        (1e300, "area_out_of_range"),
        ("1e5", "area_not_a_number"),
        ("NaN", "area_not_a_number"),
    ],
)
def test_areas_that_are_none(cell: Cell, problem: str) -> None:
    assert read_area(cell).problem == problem
    assert read_area(cell).area is None


@given(st.integers(1, 100_000_000))
def test_any_area_survives_print_and_spreadsheet(area: int) -> None:
    """As text, as a float of a spreadsheet, and with the noise of sums."""
    assert read_area(printed(area)).area == area
    assert read_area(printed(area)).mends == ()
    assert read_area(float(Decimal(area) / 100)) == (area, None, ())
    assert read_area(f"{area // 100:,}.{area % 100:02d}平方米").area == area


@given(st.integers(0, 10**15 - 1))
def test_whole_numbers_lose_their_tail(number: int) -> None:
    assert as_text(float(number)) == str(number)


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text: str) -> None:
    reading = read_area(text)
    assert (reading.area is None) != (reading.problem is None)
    assert all(read_owners(text).names)
    assert len(set(read_phone(text).numbers)) == len(read_phone(text).numbers)


@pytest.mark.parametrize(
    ("cell", "numbers", "kind"),
    [
        ("19900001234", ("19900001234",), None),
        (19900001234.0, ("19900001234",), None),
        ("0971-0000168", ("0971-0000168",), None),
        ("", (), None),
        ("199 0000 1234", ("19900001234",), "phone_grouped"),
        ("199-0000-1234", ("19900001234",), "phone_grouped"),
        ("+86 19900001234", ("19900001234",), "phone_grouped"),
        ("8619900001234", ("19900001234",), "phone_grouped"),
        ("0086-199-0000-1234", ("19900001234",), "phone_grouped"),
        ("１９９００００１２３４", ("19900001234",), "fullwidth_digits"),
        ("09710000168", ("0971-0000168",), "phone_grouped"),
        ("(0971)0000168", ("0971-0000168",), "phone_grouped"),
        ("010-00001234", ("010-00001234",), None),
        ("19900001234/19900001235", ("19900001234", "19900001235"), "phone_several"),
        ("19900001234（儿子）", ("19900001234",), "phone_note"),
        ("1.9900001234E+10", ("19900001234",), "phone_grouped"),
        ("1.99E+10", (), "phone_unusable"),
        ("1990000123", (), "phone_unusable"),
        ("199000012340", (), "phone_unusable"),
        ("无", (), "phone_unusable"),
        ("不详", (), "phone_unusable"),
        ("199****1234", (), "phone_unusable"),
        ("-", (), None),
        ("19900001234 ", ("19900001234",), "stray_spaces"),
        ("19900001234、无", ("19900001234",), "phone_unusable"),
    ],
)
def test_phones(cell: Cell, numbers: tuple[str, ...], kind: str | None) -> None:
    reading = read_phone(cell)
    assert reading.numbers == numbers
    assert [m.kind for m in reading.mends][:1] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("cell", "names", "kinds"),
    [
        ("张建国", ("张建国",), []),
        ("张建国、李秀兰", ("张建国", "李秀兰"), []),
        ("张建国,李秀兰", ("张建国", "李秀兰"), ["coowner_separator"]),
        ("张建国 / 李秀兰", ("张建国", "李秀兰"), ["coowner_separator"]),
        ("张建国；李秀兰", ("张建国", "李秀兰"), ["coowner_separator"]),
        ("张建国 李秀兰", ("张建国", "李秀兰"), ["coowner_separator"]),
        ("张建国\n李秀兰", ("张建国", "李秀兰"), ["coowner_separator"]),
        ("张建国和李秀兰", ("张建国", "李秀兰"), ["coowner_separator"]),
        ("李和平", ("李和平",), []),
        ("周与", ("周与",), []),
        ("李　鹏", ("李鹏",), ["name_padded"]),
        ("李  鹏", ("李鹏",), ["name_padded"]),
        ("欧阳 志远", ("欧阳志远",), ["name_padded"]),
        ("尹洋（代）", ("尹洋",), ["name_agent_note"]),
        ("尹洋(其子马军代办)", ("尹洋",), ["name_agent_note"]),
        ("尹洋（已故）", ("尹洋",), ["name_note"]),
        ("张建国（50%）、李秀兰（50%）", ("张建国", "李秀兰"), ["name_note"]),
        ("张建国等3人", ("张建国",), ["name_and_others"]),
        ("阿依夏·苏来曼", ("阿依夏·苏来曼",), []),
        ("青海青沙（集团）有限公司", ("青海青沙（集团）有限公司",), []),
        (" 张建国", ("张建国",), ["stray_spaces"]),
        ("张建国19900001234", ("张建国",), ["phone_in_name"]),
        ("无", (), []),
        ("", (), []),
        ("张建国、张建国", ("张建国",), []),
        ("John Smith", ("John Smith",), []),
    ],
)
def test_owners(cell: str, names: tuple[str, ...], kinds: list[str]) -> None:
    reading = read_owners(cell)
    assert reading.names == names
    assert [mend.kind for mend in reading.mends] == kinds


@pytest.mark.parametrize(
    "name",
    [
        "青海东府置业有限公司",
        "西宁丹霓酒店管理有限公司西宁分公司",
        "东兴社区居民委员会",
        "西宁市第一医院",
        "青海青沙（集团）有限公司",
        "城东区教育局",
    ],
)
def test_organisations(name: str) -> None:
    assert kind_of(name) == OwnerKind.ORGANISATION


@pytest.mark.parametrize(
    "name", ["张建国", "扎西才让", "阿依夏·苏来曼", "格桑拉毛", "欧阳志远", "马麦日艳", "毛院", "卓玛措"]
)
def test_people(name: str) -> None:
    assert kind_of(name) == OwnerKind.PERSON


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("住宅", Use.HOME),
        ("居住", Use.HOME),
        ("成套住宅", Use.HOME),
        ("商铺", Use.SHOP),
        ("门面房", Use.SHOP),
        ("商业服务", Use.SHOP),
        ("商品住宅", Use.HOME),
        ("车位", Use.PARKING),
        ("地下车库", Use.PARKING),
        ("办公", Use.OFFICE),
        ("商务办公", Use.OFFICE),
        ("储藏室", Use.STORAGE),
        ("物业用房", Use.OTHER),
        ("怪", None),
        ("", None),
    ],
)
def test_uses(text: str, use: Use | None) -> None:
    assert read_use(text) == use


@pytest.mark.parametrize(
    ("text", "header", "delivery"),
    [
        ("已交付", "交付状态", Delivery.DELIVERED),
        ("未交付", "", Delivery.UNDELIVERED),
        ("未售", "", Delivery.UNSOLD),
        ("待售", "", Delivery.UNSOLD),
        ("已售未交付", "", Delivery.UNDELIVERED),
        ("已入住", "", Delivery.DELIVERED),
        ("是", "是否交付", Delivery.DELIVERED),
        ("否", "是否交付", Delivery.UNDELIVERED),
        ("否", "是否已售", Delivery.UNSOLD),
        ("未交房", "", Delivery.UNDELIVERED),
        ("怪", "", None),
    ],
)
def test_deliveries(text: str, header: str, delivery: Delivery | None) -> None:
    assert read_delivery(text, header) == delivery


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("5", 5),
        ("-1", -1),
        ("B1", -1),
        ("负一层", -1),
        ("地下一层", -1),
        ("5层", 5),
        ("五楼", 5),
        ("十二层", 12),
        ("5-6", 5),
        ("5F", 5),
        ("怪", None),
    ],
)
def test_floors(text: str, floor: int | None) -> None:
    assert read_floor(text) == floor


def test_the_floor_of_a_room() -> None:
    assert [floor_of_room(room) for room in ("101", "1203", "商01", "01", "12031")] == [
        1,
        12,
        None,
        None,
        None,
    ]


def test_a_note_taken_from_a_name_is_kept() -> None:
    unit, found = one(业主姓名="张建国（已故）")
    assert unit is not None
    assert unit.note == "姓名栏原注：已故"
    assert found[0].confirm
    assert found[0].reads_as == "张建国"


def test_phones_go_to_their_owners_when_there_is_one_for_each() -> None:
    unit, _ = one(业主姓名="张建国、李秀兰", 联系电话="19900001234、19900001235")
    assert unit is not None
    assert [(o.name, o.phone) for o in unit.owners] == [
        ("张建国", "19900001234"),
        ("李秀兰", "19900001235"),
    ]
    unit, _ = one(业主姓名="张建国、李秀兰")
    assert unit is not None
    assert [o.phone for o in unit.owners] == ["19900001234", None]


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("专有面积(㎡)", "=A1*2", "formula_text"),
        ("房号", "=1+1", "formula_text"),
        ("业主姓名", '=HYPERLINK("http://x")', "formula_text"),
    ],
)
def test_formulas_as_text_are_refused(column: str, value: str, kind: str) -> None:
    unit, found = one(**{column: value})
    assert unit is None
    assert [(f.row, f.kind) for f in found] == [(3, kind)]
