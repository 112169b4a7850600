"""Motions: the worked cases, the edges of both gates, and what the count must not depend on."""

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.resolution import SIMPLE, Needed, count
from portal.voting.counting.share import Share

CASES = Path(__file__).parents[2] / "data" / "cases"
HALF = {"num": 1, "den": 2, "inclusive": False, "base": "for_against"}


def motion(ballots: list[Any], **params: Any) -> dict[str, Any]:
    return {
        "method": "resolution",
        "options": ["for", "against", "abstain"],
        "ballots": ballots,
        "params": params,
    }


@pytest.mark.parametrize("case", json.loads((CASES / "resolution.json").read_text()), ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert recount(case) == case["expected"]


def test_every_paper_is_in_one_pile() -> None:
    odd: list[Any] = [
        {"choice": None},
        {},
        {"choice": "弃权"},
        {"choice": ["for"]},
        {"choice": 1},
        {"choice": "FOR"},
    ]
    got = recount(motion([{"choice": "for", "count": 2}, {"choice": "for", "count": 0}, *odd]))
    assert (got["cast"], got["n_for"], got["n_invalid"]) == (8, 2, 6)


def test_nobody_for_is_no_consent_however_low_the_threshold() -> None:
    nothing = {"num": 0, "den": 1, "inclusive": True, "base": "cast"}
    got = recount(motion([{"choice": "against"}], threshold=nothing))
    assert (got["threshold_met"], got["passed"]) == (False, False)


@pytest.mark.parametrize(("base", "passed"), [("for_against", True), ("valid", False), ("cast", False)])
def test_the_base_decides(base: str, passed: bool) -> None:
    ballots = [{"choice": "for", "count": 5}, {"choice": "against", "count": 4}, {"choice": "abstain"}]
    assert recount(motion(ballots, threshold={**HALF, "base": base}))["passed"] is passed


@pytest.mark.parametrize(("counts", "met"), [("cast", True), ("valid", True), ("for_against", False)])
def test_which_papers_make_the_quorum(counts: str, met: bool) -> None:
    ballots = [{"choice": "for", "count": 4}, {"choice": "abstain"}, {"choice": "?"}]
    quorum = {"num": 1, "den": 2, "inclusive": True, "counts": counts}
    assert recount(motion(ballots, eligible=10, quorum=quorum))["quorum_met"] is met


def test_a_quorum_that_must_be_exceeded() -> None:
    ballots = [{"choice": "for", "count": 5}]
    above = {"num": 1, "den": 2, "inclusive": False, "counts": "cast"}
    assert not recount(motion(ballots, eligible=10, quorum=above))["quorum_met"]
    assert recount(motion(ballots, eligible=9, quorum=above))["quorum_met"]


def test_nothing_stated_is_a_simple_majority_without_quorum() -> None:
    assert recount(motion([{"choice": "for", "count": 2}, {"choice": "against"}]))["passed"]
    assert not recount(motion([{"choice": "for"}, {"choice": "against"}]))["passed"]


@pytest.mark.parametrize(
    "params",
    [
        {"quorum": {"num": 1, "den": 2, "counts": "cast"}},
        {"threshold": {**HALF, "base": "eligible"}},
        {"threshold": {**HALF, "base": "everybody"}},
        {"threshold": {**HALF, "base": ["cast"]}},
        {"threshold": {**HALF, "den": 0}},
        {"threshold": {**HALF, "num": 0.5}},
        {"threshold": {**HALF, "num": -1}},
        {"threshold": {**HALF, "inclusive": "yes"}},
        {"threshold": "1/2"},
        {"eligible": "100"},
        {"eligible": -1},
    ],
)
def test_unreadable_rules_are_refused_in_one_line(params: dict[str, Any]) -> None:
    with pytest.raises(Unreadable) as refused:
        recount(motion([], **params))
    assert "\n" not in str(refused.value)


papers = st.lists(
    st.tuples(st.sampled_from(["for", "against", "abstain", "invalid"]), st.integers(0, 9)), max_size=12
)
stated = st.builds(
    Needed,
    st.builds(Share, st.integers(0, 4), st.integers(1, 4), st.booleans()),
    st.sampled_from(["cast", "valid", "for_against"]),
)


@given(papers, stated, stated, st.integers(0, 60), st.randoms(use_true_random=False))
def test_order_and_grouping_do_not_matter(
    cast: list[tuple[str, int]], quorum: Needed, threshold: Needed, eligible: int, shuffler: random.Random
) -> None:
    together = [{"choice": choice, "count": n} for choice, n in cast]
    one_by_one = [{"choice": choice} for choice, n in cast for _ in range(n)]
    shuffler.shuffle(one_by_one)
    rules: dict[str, Any] = {"eligible": eligible, "quorum": quorum, "threshold": threshold}
    assert count(together, **rules) == count(one_by_one, **rules)


@given(papers, stated)
def test_the_threshold_is_a_comparison_of_fractions(cast: list[tuple[str, int]], rule: Needed) -> None:
    got = count([{"choice": c, "count": n} for c, n in cast], eligible=0, quorum=None, threshold=rule)
    valid = got.n_for + got.n_against + got.n_abstain
    base = {"cast": got.cast, "valid": valid, "for_against": got.n_for + got.n_against}[rule.of]
    if not got.n_for:
        assert not got.threshold_met
        return
    reached, line = Fraction(got.n_for, base), Fraction(rule.share.num, rule.share.den)
    assert got.threshold_met == (reached >= line if rule.share.inclusive else reached > line)


@given(papers)
def test_one_more_for_never_harms(cast: list[tuple[str, int]]) -> None:
    ballots: list[dict[str, Any]] = [{"choice": c, "count": n} for c, n in cast]
    before = count(ballots, eligible=0, quorum=None, threshold=SIMPLE)
    after = count([*ballots, {"choice": "for"}], eligible=0, quorum=None, threshold=SIMPLE)
    assert after.passed or not before.passed
