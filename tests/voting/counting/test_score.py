"""Scores: worked cases, what makes a paper invalid, means that are exact, and what a count must not depend on."""

import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.score import Scale, Scores, count

from .elections import OPTIONS
from .worked import any_json, cases, differences, printed

FIVE = Scale(0, 5)
marks = st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 5))
papers = st.lists(st.builds(lambda s, n: {"scores": s, "count": n}, marks, st.integers(0, 5)), max_size=8)
rules = st.fixed_dictionaries(
    {
        "unscored": st.sampled_from(["min", "ignore"]),
        "aggregate": st.sampled_from(["sum", "mean"]),
        "seats": st.integers(0, 6),
    }
)


def rate(*scores: dict[str, Any], **rule: Any) -> Scores:
    return count([{"scores": s} for s in scores], list("ABC"), scale=rule.pop("scale", FIVE), **rule)


@pytest.mark.parametrize("case", cases("score"), ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert differences(case) == {}


@pytest.mark.parametrize(
    "scores",
    [
        {"A": 6},
        {"A": -1},
        {"A": 2.0},
        {"A": "3"},
        {"A": True},
        {"A": [3]},
        {"Z": 3},
        {"A": 3, "Z": None},
        ["A"],
        "A",
        3,
    ],
)
def test_a_paper_off_the_scale_is_invalid(scores: Any) -> None:
    got = rate({"B": 1}, scores)
    assert (got.valid, got.invalid, got.winners) == (1, 1, ["B"])
    assert got.totals == {"A": 0, "B": 1, "C": 0}


@pytest.mark.parametrize("scores", [{"A": 0}, {"A": 5}, {"A": None, "B": 2}, {}, None])
def test_a_paper_on_the_scale_is_valid(scores: Any) -> None:
    assert (rate(scores).valid, rate(scores).invalid) == (1, 0)


def test_no_score_is_the_lowest_or_none() -> None:
    given = [{"A": 4}, {"A": 1, "B": 3}, {"B": 3}]
    low = rate(*given, scale=Scale(1, 5), aggregate="mean")
    assert low.values == {"A": 2, "B": Fraction(7, 3), "C": 1}
    left_out = rate(*given, scale=Scale(1, 5), aggregate="mean", unscored="ignore")
    assert left_out.values == {"A": Fraction(5, 2), "B": 3, "C": None}
    assert (left_out.winners, left_out.scored) == (["B"], {"A": 2, "B": 2, "C": 0})


def test_a_scale_may_begin_below_zero() -> None:
    case = {
        "method": "score",
        "options": ["A", "B"],
        "ballots": [{"scores": {"A": -2}, "count": 2}, {"scores": {"B": 1}}],
        "params": {"min": -2, "max": 2, "unscored": "ignore", "aggregate": "mean"},
    }
    assert printed(case)["values"] == {"A": "-2", "B": "1"}
    assert printed(case)["winners"] == ["B"]


def test_what_nobody_scored_takes_no_seat_by_mean() -> None:
    got = rate({"A": 1}, unscored="ignore", aggregate="mean", seats=3)
    assert (got.winners, got.tied) == (["A"], [])


@pytest.mark.parametrize("unscored", ["min", "ignore"])
def test_papers_without_a_score_elect_nobody(unscored: str) -> None:
    got = rate({}, {}, unscored=unscored)
    assert (got.winners, got.tied, got.valid) == ([], [], 2)


@pytest.mark.parametrize(
    "params",
    [
        {"min": 3, "max": 2},
        {"min": -5, "max": -6},
        {"max": "5"},
        {"max": 2.5},
        {"min": True},
        {"unscored": "max"},
        {"aggregate": "median"},
        {"seats": -1},
    ],
)
def test_unreadable(params: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match=r"^params\."):
        recount({"method": "score", "options": ["A"], "ballots": [], "params": params})


@given(st.lists(st.fixed_dictionaries({"scores": any_json()}), max_size=4))
def test_whatever_stands_on_a_paper_it_is_counted_once(ballots: list[dict[str, Any]]) -> None:
    case = {"method": "score", "options": ["甲", "乙"], "ballots": ballots, "params": {"min": 0, "max": 5}}
    got = printed(case)
    assert got["valid"] + got["invalid"] == len(ballots)


@given(papers, rules, st.randoms(use_true_random=False), st.permutations(OPTIONS))
def test_what_cannot_matter(
    ballots: list[dict[str, Any]], rule: dict[str, Any], shuffler: random.Random, names: list[str]
) -> None:
    got = count(ballots, OPTIONS, scale=FIVE, **rule)
    single = [{"scores": b["scores"]} for b in ballots for _ in range(b["count"])]
    shuffler.shuffle(single)
    assert count(single, OPTIONS, scale=FIVE, **rule) == got
    new = dict(zip(OPTIONS, names, strict=True))
    renamed = [{**b, "scores": {new[o]: s for o, s in b["scores"].items()}} for b in ballots]
    again = count(renamed, [new[o] for o in OPTIONS], scale=FIVE, **rule)
    assert again.values == {new[o]: value for o, value in got.values.items()}
    assert (again.winners, again.tied) == ([new[o] for o in got.winners], [new[o] for o in got.tied])


@given(papers, st.sampled_from(OPTIONS))
def test_another_paper_for_the_winner_keeps_it(ballots: list[dict[str, Any]], favourite: str) -> None:
    got = count(ballots, OPTIONS, scale=FIVE)
    if got.winners == [favourite]:
        assert count([*ballots, {"scores": {favourite: 5}}], OPTIONS, scale=FIVE).winners == [favourite]
