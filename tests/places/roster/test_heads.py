"""Who counts as one head, and the sums of an estate."""

import pytest

from portal.places.roster.heads import heads_of
from portal.places.roster.tally import tally
from portal.places.roster.units import UnitRow

from .files import HEADER, home, read


def units(*changes: dict[str, object]) -> tuple[UnitRow, ...]:
    """Delivered homes 101, 102, … with some cells changed."""
    return read([HEADER, *(home(房号=str(101 + at), **change) for at, change in enumerate(changes))]).units


FIRM = "青海东府置业有限公司"


@pytest.mark.parametrize(
    ("changes", "heads"),
    [
        (({}, {}), 1),  # one owner of two homes
        (({}, {"业主姓名": "马军"}), 2),  # one number, two people
        (({}, {"联系电话": "19900009999"}), 2),  # one name, two people
        (({"共有人": "马军"}, {}), 2),  # A with B, and A alone
        (
            ({"业主姓名": "张建国、马军"}, {"业主姓名": "马军", "共有人": "张建国"}),
            1,
        ),  # order does not matter
        (({"业主姓名": "李　鹏"}, {"业主姓名": "李鹏"}), 1),
        (({"业主姓名": FIRM, "联系电话": "0971-0000168"}, {"业主姓名": FIRM, "联系电话": "0971-0000900"}), 1),
        (({"业主姓名": "青海青沙（集团）有限公司"}, {"业主姓名": "青海青沙(集团)有限公司"}), 1),
        (({"联系电话": "无"}, {"业主姓名": "马军", "联系电话": "无"}), 2),
        (({"业主姓名": ""}, {"业主姓名": ""}), 2),  # unknown owners are not one owner
        (({"交付状态": "未售", "业主姓名": FIRM}, {"交付状态": "未交付"}), 1),  # the buyer has no head yet
        (({"交付状态": "未售", "业主姓名": FIRM}, {"业主姓名": FIRM}), 1),  # kept by the developer
        (({"交付状态": "未售", "业主姓名": FIRM}, {"业主姓名": FIRM, "共有人": "马军"}), 2),
        (({"交付状态": "未交付"}, {"交付状态": "已交付"}), 2),  # he has one only for what was handed over
        (({"交付状态": "未售", "业主姓名": ""}, {"交付状态": "未售", "业主姓名": ""}), 1),
    ],
)
def test_heads(changes: tuple[dict[str, object], ...], heads: int) -> None:
    assert len(heads_of(units(*changes), count_parking=True)) == heads


def test_parking_counts_only_where_the_rules_say_so() -> None:
    held = units({}, {"用途": "车位", "业主姓名": "马军"})
    assert len(heads_of(held, count_parking=False)) == 1
    assert len(heads_of(held, count_parking=True)) == 2


def test_a_developer_known_by_parking_only_is_known_for_homes_too() -> None:
    held = units(
        {"业主姓名": FIRM}, {"用途": "车位", "交付状态": "未售", "业主姓名": FIRM}, {"交付状态": "未交付"}
    )
    assert len(heads_of(held, count_parking=False)) == 1


def test_sums_are_exact() -> None:
    small: list[dict[str, object]] = [{"专有面积(㎡)": "0.10"}] * 30
    held = units(*small, {"用途": "车位", "专有面积(㎡)": "12.34"}, {"用途": "办公"})
    sums = tally(held)
    assert sums["area"] == {
        "住宅": "3.00",
        "商铺": "0.00",
        "车位": "12.34",
        "办公": "89.50",
        "total": "104.84",
        "total_without_parking": "92.50",
    }
    assert sums["units"] == {"住宅": 30, "商铺": 0, "车位": 1, "办公": 1, "total": 32}


def test_an_estate_without_units_is_all_zero() -> None:
    sums = tally([])
    assert sums["units"]["total"] == 0
    assert sums["area"]["total"] == "0.00"
    assert sums["heads"] == {"parking_not_counted": 0, "parking_counted": 0}
