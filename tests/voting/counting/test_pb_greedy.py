"""Budgets by the greedy rule: value for money first, ties told, amounts exact."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.expected import differences

from .budgets import BY_NAME, cases, counted, renamed, single_papers

WORKED = json.loads((Path(__file__).parents[2] / "data" / "cases" / "pb_greedy.json").read_text())


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert differences(case["method"], recount(case), case["expected"]) == []


def test_what_does_not_fit_is_passed_over() -> None:
    got = counted("pb_greedy", {"a": "60", "b": "50", "c": "40"}, "100", ("a", 9), ("b", 6), ("c", 3))
    assert (got["winners"], got["tied"], got["spent"]) == (["a", "c"], [], "100")
    assert [(step["project"], step["funded"], step["left"]) for step in got["steps"]] == [
        ("a", True, "40"),
        ("b", False, "40"),
        ("c", True, "0"),
    ]


def test_cardinality_asks_what_a_yuan_buys() -> None:
    """By cost, a with 6 approvals comes first; by number, 6/60 < 4/20 puts b before it, and a no longer fits."""
    given_ = ("pb_greedy", {"a": "60", "b": "20"}, "70", ("a", 6), ("b", 4))
    assert counted(*given_, utility="cost")["winners"] == ["a"]
    assert counted(*given_, utility="cardinality")["winners"] == ["b"]


def test_a_tie_is_told_and_what_is_sure_is_sure() -> None:
    got = counted("pb_greedy", {"b": "50", "a": "50", "c": "40"}, "90", ("a b", 5), ("c", 9))
    assert (got["winners"], got["tied"], got["spent"]) == (["c"], ["b", "a"], "40")


def test_a_tie_goes_by_name_where_the_rules_say_so() -> None:
    got = counted("pb_greedy", {"b": "50", "a": "50"}, "90", ("a b", 5), tie_break=BY_NAME)
    assert (got["winners"], got["tied"]) == (["a"], [])
    assert got["ties_broken"] == [{"among": ["b", "a"], "taken": ["a"]}]


def test_names_are_compared_as_texts() -> None:
    got = counted("pb_greedy", {"9": "50", "10": "50"}, "50", ("9 10", 5), tie_break=BY_NAME)
    assert got["winners"] == ["10"]


def test_equal_projects_that_can_all_be_paid_are_no_tie() -> None:
    got = counted("pb_greedy", {"a": "50", "b": "50"}, "100", ("a b", 5))
    assert (got["winners"], got["tied"]) == (["a", "b"], [])


def test_a_tie_can_decide_about_what_comes_later() -> None:
    """a or b first: with a (cost 6) the later c (4) fits, with b (9) it does not."""
    got = counted("pb_greedy", {"a": "6", "b": "9", "c": "4"}, "10", ("a b", 5), ("c", 1))
    assert (got["winners"], got["tied"]) == ([], ["a", "b", "c"])


def test_amounts_are_exact() -> None:
    costs = {"a": "0.1", "b": "0.2", "c": "0.3"}
    got = counted("pb_greedy", costs, "0.6", ("a b c", 1))
    assert (got["winners"], got["spent"]) == (["a", "b", "c"], "0.6")
    assert counted("pb_greedy", costs, "0.59", ("a b", 2), ("c", 1))["spent"] == "0.3"


def test_what_nobody_asked_for_is_funded_last_and_said() -> None:
    got = counted("pb_greedy", {"a": "5", "b": "5"}, "10", ("a", 1))
    assert (got["winners"], got["unsupported"]) == (["a", "b"], ["b"])


@pytest.mark.parametrize("ballots", [(), (("", 7),)])
def test_nobody_asked_for_anything(ballots: tuple[tuple[str, int], ...]) -> None:
    got = counted("pb_greedy", {"a": "5", "b": "5"}, "10", *ballots)
    assert (got["winners"], got["tied"], got["spent"]) == ([], [], "0")


def test_strange_marks() -> None:
    """A mark made twice counts once; unknown and meaningless marks count for nothing."""
    case = {"method": "pb_greedy", "options": ["a", "b"], "costs": {"a": 5, "b": "5.00"}, "budget": 5}
    odd = [
        {"approve": ["a", "a", "?", 7, None, ["b"]]},
        {"approve": None},
        {},
        {"approve": ["b"], "count": 0},
    ]
    got = recount({**case, "ballots": odd})
    assert got["approvals"] == {"a": 1, "b": 0}
    assert got["winners"] == ["a"]


@pytest.mark.parametrize(
    "broken",
    [
        {"costs": {"a": "5"}},
        {"costs": {"a": "5", "b": "-5"}},
        {"costs": {"a": "5", "b": 5.5}},
        {"costs": {"a": "5", "b": "1e3"}},
        {"costs": {"a": "5", "b": "1/0"}},
        {"costs": {"a": "5", "b": "٥"}},
        {"costs": {"a": "5", "b": True}},
        {"budget": None},
        {"budget": ""},
        {"budget": "NaN"},
        {"budget": "9" * 5000},
        {"params": {"utility": "fame"}},
        {"params": {"completion": "more"}},
        {"params": {"tie_break": "by age"}},
        {"params": {"tie_break": ["a"]}},
    ],
)
@pytest.mark.parametrize("method", ["pb_greedy", "pb_mes"])
def test_refused_in_one_line(method: str, broken: dict[str, Any]) -> None:
    case = {
        "method": method,
        "options": ["a", "b"],
        "costs": {"a": "5", "b": "5"},
        "budget": "9",
        "ballots": [],
    }
    with pytest.raises(Unreadable) as refused:
        recount({**case, **broken})
    assert "\n" not in str(refused.value)


def test_too_many_ways_to_break_ties() -> None:
    """Forty projects of different cost that one voter wants alike: all are open, and it takes no time to say so."""
    costs = {f"p{n}": str(100 + n) for n in range(40)}
    got = counted("pb_greedy", {**costs, "first": "10"}, "2000", (" ".join(costs), 1), ("first", 2))
    assert (got["winners"], got["tied"]) == (["first"], list(costs))


def ways(case: dict[str, Any]) -> set[frozenset[str]]:
    """The rule word for word: of all that fits take the best, whichever of equals."""
    by_cost = case["params"]["utility"] == "cost"
    costs = {option: int(cost) for option, cost in case["costs"].items()}
    approvals = {o: sum(b["count"] for b in case["ballots"] if o in b["approve"]) for o in costs}
    value = {o: approvals[o] * (costs[o] if by_cost else 1) / costs[o] for o in costs}
    found = set()
    for order in itertools.permutations(costs):
        taken: list[str] = []
        for option in sorted(order, key=lambda o: -value[o]):
            if sum(costs[t] for t in taken) + costs[option] <= int(case["budget"]):
                taken.append(option)
        found.add(frozenset(taken))
    return found if any(approvals.values()) else {frozenset()}


@settings(max_examples=300, deadline=None)
@given(cases("pb_greedy"))
def test_it_is_the_rule(case: dict[str, Any]) -> None:
    got, all_ways = recount(case), ways(case)
    assert sum(int(case["costs"][winner]) for winner in got["winners"]) == int(got["spent"])
    if case["params"]["tie_break"]:
        assert frozenset(got["winners"]) in all_ways
    else:
        assert set(got["winners"]) == frozenset.intersection(*all_ways)
        assert set(got["winners"] + got["tied"]) == frozenset.union(*all_ways)


@settings(max_examples=100, deadline=None)
@given(cases("pb_greedy"), st.permutations(["甲", "乙", "丙", "丁", "戊"]))
def test_neutral_anonymous_and_blind_to_order(case: dict[str, Any], other: list[str]) -> None:
    got = recount(case)
    assert recount(single_papers(case)) == got
    if case["params"]["tie_break"] is None:
        names = dict(zip(case["options"], other, strict=False))
        assert set(recount(renamed(case, names))["winners"]) == {names[winner] for winner in got["winners"]}
