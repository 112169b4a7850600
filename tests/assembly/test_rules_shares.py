"""What a matter costs each unit: the worked cases of the field, sums to the 分, tables as conveners type them."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from portal.assembly import shares
from portal.assembly.shares import Gap, Part, UnreadableLine
from portal.assembly.words import Sharing
from portal.core.amounts import hundredths, plain

DOMAIN = yaml.safe_load((Path(__file__).parents[1] / "data/cases/domain.yaml").read_text("utf-8"))
COSTS: Mapping[str, Any] = {case["id"]: case for case in DOMAIN["cost_cases"]}
amounts = st.integers(min_value=0, max_value=10**11)
some_weights = st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=60).filter(sum)


@pytest.mark.parametrize(
    ("fee", "area", "fen"),
    [(45, 6093, 2742), (60, 6093, 3656), (45, 5600, 2520), (0, 9999, 0), (1, 50, 1), (1, 49, 0), (60, 1, 1)],
)
def test_a_month_at_so_much_a_square_metre(fee: int, area: int, fen: int) -> None:
    """Half a 分 goes up, as on a bill: 60.93 ㎡ at 0.45 is 27.4185."""
    assert shares.monthly(fee, area) == fen


def test_a_lift_by_floor_coefficients() -> None:
    case = COSTS["C01"]
    table = shares.read_table("\n".join(f"{floor} {value}" for floor, value in case["coef"].items()))
    parts = [Part(8900, "1号楼", floor) for floor in table for _home in range(case["units_per_floor"])]
    given_ = shares.shares(hundredths(case["net_cost"]), parts, Sharing.FLOOR, table)
    assert sum(given_) == hundredths(case["sum"])
    lines = shares.summed_up(parts, given_, Sharing.FLOOR, table)
    assert {line.floor: plain(line.most) for line in lines} == case["expect_per_unit"]
    assert all(line.least == line.most for line in lines)


def test_by_area_the_odd_fen_goes_to_the_first_door() -> None:
    case = COSTS["C03"]
    parts = [Part(hundredths(area)) for area in case["areas"].values()]
    given_ = shares.shares(hundredths(case["cost"]), parts, Sharing.AREA, {})
    assert dict(zip(case["areas"], map(plain, given_), strict=True)) == case["expect"]
    assert plain(sum(given_)) == case["sum"]


def test_the_odd_fen_goes_to_the_largest_remainder_before_the_first_door() -> None:
    assert shares.divided(100, [1, 2]) == [33, 67]
    assert shares.divided(2, [1, 1, 1]) == [1, 1, 0]
    assert shares.divided(0, [5, 5]) == [0, 0]


@given(amounts, some_weights)
def test_shares_add_up_and_none_is_a_fen_off(whole: int, weights: list[int]) -> None:
    got = shares.divided(whole, weights)
    among = sum(weights)
    assert sum(got) == whole
    assert all(
        abs(share * among - whole * weight) < among for share, weight in zip(got, weights, strict=True)
    )


@given(amounts, some_weights)
def test_who_weighs_more_never_pays_less(whole: int, weights: list[int]) -> None:
    got = shares.divided(whole, weights)
    pairs = sorted(zip(weights, got, strict=True))
    assert all(a[1] <= b[1] for a, b in pairwise(pairs) if a[0] < b[0])


def test_floor_times_area() -> None:
    parts = [Part(10000, floor=1), Part(10000, floor=2), Part(20000, floor=2)]
    assert shares.shares(30000, parts, Sharing.FLOOR_AREA, {1: 0, 2: 500}) == [0, 10000, 20000]


def test_what_is_missing_is_told_before_anything_is_divided() -> None:
    parts = [Part(100, floor=1), Part(100), Part(100, floor=9)]
    assert shares.gap(parts, Sharing.FLOOR, {1: 0}) == Gap(parts=(1,), floors=(9,))
    assert shares.gap(parts[:1], Sharing.FLOOR, {1: 0}) == Gap(nobody=True)
    assert shares.gap([], Sharing.AREA, {}) == Gap(nobody=True)
    assert not shares.gap(parts, Sharing.AREA, {})


def test_the_public_table_by_building_keeps_the_order_of_doors() -> None:
    parts = [Part(100, "2号楼"), Part(300, "10号楼"), Part(100, "2号楼")]
    lines = shares.summed_up(parts, [10, 30, 11], Sharing.AREA, {})
    assert [(line.building, line.units, line.area, line.least, line.most, line.total) for line in lines] == [
        ("2号楼", 2, 200, 10, 11, 21),
        ("10号楼", 1, 300, 30, 30, 30),
    ]


def test_the_usual_table() -> None:
    assert shares.written(shares.usual([-1, 1, 2, 3, 4, 18])) == "-1 0\n1 0\n2 0.5\n3 1\n4 1.1\n18 2.5"


@pytest.mark.parametrize(
    ("typed", "table"),
    [
        ("1 0\n2 0.5", {1: 0, 2: 500}),
        ("1层：0\n2楼，0.5\n", {1: 0, 2: 500}),
        ("3-5层 1.25", {3: 1250, 4: 1250, 5: 1250}),
        ("７至８层　１.４", {7: 1400, 8: 1400}),
        ("-1 0", {-1: 0}),
        ("", {}),
    ],
)
def test_tables_as_people_type_them(typed: str, table: dict[int, int]) -> None:
    assert shares.read_table(typed) == table


@pytest.mark.parametrize("typed", ["三层 1", "1", "1 0.1234", "9-3 1", "1 -1", "1 101", "999 1"])
def test_a_line_that_says_nothing_is_given_back(typed: str) -> None:
    with pytest.raises(UnreadableLine) as refused:
        shares.read_table("1 0\n" + typed)
    assert refused.value.line == typed
