"""What hangs out floor by floor and building by building tells of nobody."""

from hypothesis import given
from hypothesis import strategies as st

from portal.assembly.floors import FEW, LEAST, Band, bands, lines, together


def floor(n: int, agree: int, part: int, total: int = 0) -> Band:
    return Band(n, n, agree, part, total or part)


def test_floors_with_few_owners_join_the_next() -> None:
    given_floors = [floor(1, 0, 4), floor(2, 2, 4), floor(3, 3, 5), floor(4, 2, 2)]
    assert bands(given_floors) == [Band(1, 2, 2, 8, 8), Band(3, 4, 5, 7, 7)]


def test_a_floor_that_says_all_the_same_is_not_told_of_alone() -> None:
    assert bands([floor(1, 6, 6), floor(2, 3, 6), floor(3, 2, 6)]) == [
        Band(1, 2, 9, 12, 12),
        Band(3, 3, 2, 6, 6),
    ]


def test_one_band_alone_is_none() -> None:
    assert bands([floor(1, 2, 3), floor(2, 1, 4)]) == []
    assert bands([]) == []


def test_lines_are_read_from_the_count() -> None:
    said = {
        "10": {"for": ["9.00", 1], "part": ["9.00", 2], "total": ["20.00", 4]},
        "2": {"for": ["1.00", 1], "part": ["1.00", 1], "total": ["1.00", 1]},
    }
    assert lines(said) == [Band(2, 2, 1, 1, 1), Band(10, 10, 1, 2, 4)]


def _counted(total: int, part: int, agree: int) -> tuple[int, int, int]:
    return min(agree, part, total), min(part, total), total


counts = st.builds(_counted, *(st.integers(0, 9) for _n in range(3)))


@given(st.lists(counts, max_size=30))
def test_no_band_tells_of_anybody_and_nothing_is_left_out(told: list[tuple[int, int, int]]) -> None:
    floors = [Band(n, n, *one) for n, one in enumerate(told)]
    found = bands(floors)
    whole = [sum(column) for column in zip(*told, strict=True)] if told else [0, 0, 0]
    unanimous = not 0 < whole[0] < whole[1]
    for band in found:
        assert band.part >= LEAST
        assert band.mixed or unanimous
    if found:
        assert [sum(column) for column in zip(*(band[2:] for band in found), strict=True)] == whole
        assert (found[0].first, found[-1].last) == (0, len(told) - 1)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=8))
def test_no_building_of_very_few_stands_alone(told: list[tuple[int, int]]) -> None:
    rows = [(f"{n}号楼", min(part, total), total) for n, (part, total) in enumerate(told)]
    found = together(rows)
    assert sum(total for _name, _part, total in found) == sum(total for _name, _part, total in rows)
    assert all(total >= FEW for _name, _part, total in found) or len(found) == 1
