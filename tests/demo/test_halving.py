"""Areas that come to a wanted sum."""

from itertools import combinations
from random import Random

import pytest

from portal.demo.halving import subset


@pytest.mark.parametrize("seed", range(40))
def test_a_subset_is_found_where_there_is_one(seed: int) -> None:
    rng = Random(seed)
    areas = [rng.randint(1, 60) for _ in range(rng.randint(0, 8))]
    there = {sum(some) for size in range(len(areas) + 1) for some in combinations(areas, size)}
    for wanted in range(-5, 200):
        found = subset(areas, wanted)
        assert (found is not None) == (wanted in there)
        if found is not None:
            assert sum(areas[n] for n in found) == wanted
            assert len(set(found)) == len(found)


def test_many_small_ones_rather_than_few_large_ones() -> None:
    assert subset([90, 30, 40, 20], 90) == [3, 1, 2]


def test_nothing_comes_to_nothing() -> None:
    assert subset([7], 0) == []
    assert subset([], 1) is None
