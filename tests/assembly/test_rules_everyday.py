"""What people say in their own words leads to the item of the law that such a thing comes under."""

import pytest

from portal.assembly.everyday import HEARD, MOST, likely
from portal.assembly.wishes import UNANIMITY, WISHES


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("换水泵", "repair_fund"),
        ("油漆栏杆", "repair_fund"),
        ("装充电桩", "charging_shed"),
        ("3号楼想加装电梯", "add_lift"),
        ("老电梯换新", "replace_lift"),
        ("物业费从四角五涨到六角", "manager_fee"),
        ("业委会换届", "election"),
        ("罢免两名委员", "recall"),
        ("绿地改车位", "green_parking"),
        ("遛狗要牵绳，写进管理规约", "covenant"),
        ("一楼开民宿", "dwelling_to_shop"),
        ("Repair the ROOF", "repair_fund"),
        ("a new lawsuit", "lawsuit"),
        ("装 监 控", "security"),
    ],
)
def test_the_likeliest_wish_comes_first(said: str, wish: str) -> None:
    assert likely(said)[0].key == wish


def test_a_word_of_several_leads_to_all_of_them() -> None:
    assert {wish.key for wish in likely("电梯")} == {"replace_lift", "add_lift"}


@pytest.mark.parametrize("said", ["", "   ", "火星", "?"])
def test_what_nobody_foresaw_leads_nowhere(said: str) -> None:
    assert likely(said) == []


def test_every_wish_but_the_last_is_heard_of_and_few_are_offered() -> None:
    assert set(HEARD) == set(WISHES) - {"other"}
    assert len(likely("修电梯、停车、物业费、换届、监控、打官司")) == MOST
    assert WISHES["dwelling_to_shop"].item == UNANIMITY
