"""How ranked papers are read: over-votes, doubled and unknown marks, empty places, and papers that are alike."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting.rankings import strict, weak

from .elections import Election, elections, one_by_one
from .worked import any_json, printed

READINGS: list[tuple[list[Any], tuple[str, ...], tuple[tuple[str, ...], ...]]] = [
    (["A", "B"], ("A", "B"), (("A",), ("B",))),
    ([["A"], "B"], ("A", "B"), (("A",), ("B",))),
    (["A", "A", "B", "A"], ("A", "B"), (("A",), ("B",))),
    (["A", None, [], "", "B"], ("A", "B"), (("A",), ("B",))),
    (["A", "Z", "B"], ("A", "B"), (("A",), ("B",))),
    (["A", ["B", "C"], "D"], ("A",), (("A",), ("B", "C"), ("D",))),
    ([["C", "B"], "A"], (), (("B", "C"), ("A",))),
    (["A", ["A", "B"], "C"], ("A",), (("A",), ("B",), ("C",))),
    ([["A", "A"], "B"], ("A", "B"), (("A",), ("B",))),
    ([["A", "Z"], "B"], ("A", "B"), (("A",), ("B",))),
    ([1, True, {"A": 1}, [["B"]], "C"], ("C",), (("C",),)),
    (["Z"], (), ()),
    ([], (), ()),
]


@pytest.mark.parametrize(("marks", "ranking", "tiers"), READINGS, ids=repr)
@pytest.mark.parametrize("key", ["ranking", "tiers"])
def test_a_paper_is_read(
    key: str, marks: list[Any], ranking: tuple[str, ...], tiers: tuple[tuple[str, ...], ...]
) -> None:
    ballots = [{key: marks, "count": 3}]
    assert strict(ballots, "ABCD") == (({ranking: 3}, 0) if ranking else ({}, 3))
    assert weak(ballots, "ABCD") == (({tiers: 3}, 0) if tiers else ({}, 3))


def test_papers_that_say_the_same_are_one_kind() -> None:
    ballots: list[dict[str, Any]] = [
        {"ranking": ["A", "B"], "count": 2},
        {"ranking": [["A"], ["B"]]},
        {"tiers": [["A"], ["B"]]},
        {"ranking": ["A", "Z", "B", "A"]},
        {"ranking": None},
        {"ranking": [], "count": 4},
        {},
    ]
    assert strict(ballots, "AB") == ({("A", "B"): 5}, 6)
    assert weak(ballots, "AB") == ({(("A",), ("B",)): 5}, 6)


def test_no_papers_are_no_kind() -> None:
    assert strict([{"ranking": ["A"], "count": 0}, {"count": 0}], "A") == ({}, 0)


def test_options_of_a_tier_stand_in_the_order_of_the_case() -> None:
    assert list(weak([{"ranking": [["C", "A"]]}], "CBA").papers) == [(("C", "A"),)]


@given(elections(), st.randoms(use_true_random=False))
def test_grouping_and_order_cannot_matter(election: Election, shuffler: random.Random) -> None:
    again = one_by_one(election.ballots, shuffler)
    assert strict(again, election.options) == strict(election.ballots, election.options)
    assert weak(again, election.options) == weak(election.ballots, election.options)


@pytest.mark.parametrize("method", ["irv", "borda", "schulze", "ranked_pairs"])
@given(st.lists(st.fixed_dictionaries({"ranking": st.lists(any_json(), max_size=4)}), max_size=4))
def test_whatever_stands_on_a_paper_it_is_counted_once(method: str, ballots: list[dict[str, Any]]) -> None:
    got = printed({"method": method, "options": ["甲", "乙", "丙"], "ballots": ballots})
    assert got["valid"] + got["blank"] == len(ballots)
