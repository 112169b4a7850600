"""Names, plates and order of places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.places.naming import name_of, ordinal, plate, unit_order
from portal.places.roster.units import Use


@pytest.mark.parametrize(
    ("building", "entrance", "room", "use", "door"),
    [
        ("19", "1", "101", Use.HOME, "19号楼1单元101室"),
        ("3A", "", "501", Use.HOME, "3A号楼501室"),
        ("东", "甲", "2", Use.HOME, "东楼甲单元2室"),
        ("2", "", "商01", Use.SHOP, "2号楼商01"),
        ("2", "", "101", Use.SHOP, "2号楼101号商铺"),
        ("地下车库", "", "A-001", Use.PARKING, "地下车库A-001号车位"),
        ("1", "", "3", Use.STORAGE, "1号楼3号储藏室"),
    ],
)
def test_the_door_plate(building: str, entrance: str, room: str, use: Use, door: str) -> None:
    assert plate(name_of("枫园", building, entrance, room, use)) == door


def test_order_is_by_number_and_garages_come_last() -> None:
    homes = [
        ("10", "1", "101"),
        ("2", "2", "101"),
        ("2", "1", "1001"),
        ("2", "1", "201"),
        ("地下车库", "", "1"),
    ]
    names = [name_of("枫园", *of, Use.HOME) for of in homes]
    told = [plate(n) for n in sorted(names, key=lambda n: unit_order("00001", n))]
    assert told == [
        "2号楼1单元201室",
        "2号楼1单元1001室",
        "2号楼2单元101室",
        "10号楼1单元101室",
        "地下车库1室",
    ]


rooms = st.from_regex(r"[0-9]{1,4}", fullmatch=True)


@given(st.tuples(rooms, st.sampled_from(list(Use))), st.tuples(rooms, st.sampled_from(list(Use))))
def test_two_units_of_a_building_never_share_a_name(one: tuple[str, Use], other: tuple[str, Use]) -> None:
    names = [name_of("枫园", "1", "", *unit) for unit in (one, other)]
    assert (names[0] == names[1]) is (one == other)


@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_ordinals_compare_as_numbers(one: int, other: int) -> None:
    assert (ordinal(f"{one}号楼") < ordinal(f"{other}号楼")) is (one < other)
