"""The method of equal shares: everybody's money buys what he approves of, exactly."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.voting.counting import recount
from portal.voting.counting.expected import differences

from .budgets import BY_NAME, cases, counted, renamed, single_papers

WORKED = json.loads((Path(__file__).parents[2] / "data" / "cases" / "pb_mes.json").read_text())


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert differences(case["method"], recount(case), case["expected"]) == []


def test_a_minority_gets_its_share() -> None:
    """Greedy spends all on the majority; here 40 of 100 voters hold 40 of 100 yuan and buy c."""
    question = ({"a": "50", "b": "50", "c": "40"}, "100", ("a b", 60), ("c", 40))
    assert counted("pb_greedy", *question)["winners"] == ["a", "b"]
    got = counted("pb_mes", *question)
    assert (got["winners"], got["tied"]) == (["c"], ["a", "b"])


def test_the_poor_give_all_they_have() -> None:
    """By hand: 4 voters with 3 each. a (6) is paid by three, 2 each. b (4) is wanted by one of these and by the
    fourth: 1 is all the first has left, so the fourth pays 3."""
    got = counted("pb_mes", {"a": "6", "b": "4"}, "12", ("a", 2), ("a b", 1), ("b", 1))
    assert [(step["project"], step["supporters"], step["each_at_most"]) for step in got["steps"]] == [
        ("a", 3, "2"),
        ("b", 2, "3"),
    ]
    assert (got["winners"], got["spent"], got["endowment"]) == (["a", "b"], "10", "3")


def test_empty_ballots_take_their_share_with_them() -> None:
    assert counted("pb_mes", {"a": "10"}, "10", ("a", 1))["winners"] == ["a"]
    got = counted("pb_mes", {"a": "10"}, "10", ("a", 1), ("", 1))
    assert (got["winners"], got["endowment"]) == ([], "5")


def test_add1_gives_more_until_no_more_can_be_paid() -> None:
    """With 5 each nothing is bought; with 10 each (5 more) a is, and b does not fit any more."""
    got = counted("pb_mes", {"a": "10", "b": "8"}, "10", ("a", 1), ("", 1), completion="add1")
    assert (got["winners"], got["added"], got["endowment"]) == (["a"], 5, "10")


def test_add1_keeps_the_last_outcome_that_can_be_paid() -> None:
    """By hand: 10 voters with 1.5 each buy c. With 3 more they would buy a and b too, 28 of 15 yuan; so c it is."""
    costs = {"a": "15", "b": "12", "c": "1"}
    got = counted("pb_mes", costs, "15", ("a", 4), ("b c", 3), ("", 3), completion="add1")
    assert (got["winners"], got["spent"]) == (["c"], "1")


def test_add1_leaps_but_never_over_anything() -> None:
    """Millions of small steps: b needs 4,033,333.34 of each of its 30 voters, who bought c; then a does not fit."""
    costs = {"a": "150000000", "b": "120000000", "c": "1000000"}
    got = counted("pb_mes", costs, "150000001", ("a", 35), ("b c", 30), ("", 35), completion="add1")
    assert (got["winners"], got["spent"]) == (["b", "c"], "121000000")
    assert (got["endowment"], got["added"]) == ("4033334.01", 2533334)


def test_a_purse_that_is_just_emptied_is_not_empty_with_more() -> None:
    """With 1 each the buyers of c (5) give their last; with 2 each they have 1 left, and with all of it buy b (2)."""
    costs = {"a": "12", "b": "2", "c": "5", "d": "6"}
    got = counted("pb_mes", costs, "8", ("c d", 1), ("a b c", 4), ("", 3), completion="add1")
    assert (got["winners"], got["added"], got["spent"]) == (["b", "c"], 1, "7")


def test_ties_do_not_hold_up_the_leaps() -> None:
    """Twins for the same voters, and others for voters of their own, through millions of steps."""
    costs = {"a": "70000000", "b": "70000000", "c": "20000000", "d": "20000000"}
    voters = (("a b", 30), ("c", 10), ("d", 10), ("", 50))
    got = counted("pb_mes", costs, "120000000", *voters, completion="add1")
    assert (got["winners"], got["tied"], got["added"]) == (["c", "d"], ["a", "b"], 1133334)


def test_what_costs_nothing_is_had_if_wanted() -> None:
    got = counted("pb_mes", {"a": "0", "b": "0", "c": "9"}, "5", ("a c", 2))
    assert (got["winners"], got["spent"]) == (["a"], "0")


@pytest.mark.parametrize("completion", [None, "add1"])
def test_no_voters(completion: str | None) -> None:
    got = counted("pb_mes", {"a": "5"}, "10", completion=completion)
    assert (got["winners"], got["tied"], got["endowment"]) == ([], [], "0")


@pytest.mark.parametrize("completion", [None, "add1"])
def test_no_money(completion: str | None) -> None:
    got = counted("pb_mes", {"a": "5"}, "0", ("a", 3), completion=completion)
    assert (got["winners"], got["spent"]) == ([], "0")


def test_a_tie_goes_by_name_where_the_rules_say_so() -> None:
    got = counted("pb_mes", {"b": "5", "a": "5"}, "9", ("a b", 5), tie_break=BY_NAME)
    assert (got["winners"], got["tied"]) == (["a"], [])
    assert got["ties_broken"] == [{"among": ["b", "a"], "taken": "a"}]


def test_equal_projects_of_different_voters_are_no_tie() -> None:
    got = counted("pb_mes", {"a": "5", "b": "5"}, "10", ("a", 1), ("b", 1))
    assert (got["winners"], got["tied"], got["ties_broken"]) == (["a", "b"], [], [])


def test_the_order_of_the_ballots_is_not_the_order_of_the_steps() -> None:
    """Equal projects that are in nobody's way are bought in the order of the options."""
    for voters in ((("a", 1), ("b", 1)), (("b", 1), ("a", 1))):
        got = counted("pb_mes", {"a": "5", "b": "5"}, "10", *voters)
        assert [step["project"] for step in got["steps"]] == ["a", "b"]


def test_what_floating_point_numbers_cannot_tell_apart() -> None:
    """Two costs that differ in the eighteenth digit; and one that is just what three voters have, or just more."""
    costs = {"a": "100000000000000001", "b": "100000000000000000"}
    got = counted("pb_mes", costs, "100000000000000001", ("a b", 3), utility="cardinality")
    assert (got["winners"], got["tied"]) == (["b"], [])
    costs["b"] = costs["a"]
    assert counted("pb_mes", costs, costs["a"], ("a b", 3), utility="cardinality")["tied"] == ["a", "b"]
    parts = {"a": "1/7", "b": "6/7"}
    for budget, won in (("1", ["a", "b"]), ("0.999999999999999999", ["a"])):
        assert counted("pb_mes", parts, budget, ("a b", 3), utility="cardinality")["winners"] == won


def test_too_many_ways_to_break_ties() -> None:
    """Half of forty equal projects: nobody can follow all ways, so all are open."""
    costs = {f"p{n}": str(100 + n) for n in range(40)}
    got = counted("pb_mes", costs, "2000", (" ".join(costs), 7), utility="cost")
    assert (got["winners"], got["tied"]) == ([], list(costs))


def plain(case: dict[str, Any], added: int) -> list[str]:
    """The definition word for word, voter by voter: the least price for the worth, ties by name."""
    costs = {option: int(cost) for option, cost in case["costs"].items()}
    voters = [set(b["approve"]) for b in case["ballots"] for _ in range(b["count"])]
    money = [Fraction(int(case["budget"]), len(voters)) + added for _ in voters]
    bought: list[str] = []
    while True:
        best: tuple[Fraction, str, Fraction] | None = None
        for option in sorted(set(costs) - set(bought)):
            purses = sorted(money[i] for i, voter in enumerate(voters) if option in voter)
            if not purses or sum(purses) < costs[option]:
                continue
            rest, people = Fraction(costs[option]), len(purses)
            for purse in purses:
                if purse * people >= rest:
                    break
                rest, people = rest - purse, people - 1
            price = rest / people
            worth = price / (costs[option] if case["params"]["utility"] == "cost" else 1)
            if best is None or (worth, option) < best[:2]:
                best = worth, option, price
        if best is None:
            return bought
        bought.append(best[1])
        money = [m - min(m, best[2]) if best[1] in v else m for m, v in zip(money, voters, strict=True)]


def plain_result(case: dict[str, Any]) -> tuple[set[str], int]:
    """Add1 without leaps: what is bought, with how much added."""
    if not sum(b["count"] for b in case["ballots"]):
        return set(), 0
    costs, budget = {o: int(c) for o, c in case["costs"].items()}, int(case["budget"])
    wanted = {mark for b in case["ballots"] for mark in b["approve"]}
    last = bought = set(plain(case, 0))
    added = 0
    while case["params"]["completion"] == "add1":
        spent = sum(costs[option] for option in bought)
        if spent > budget:
            return last, added - 1
        if not any(spent + costs[option] <= budget for option in wanted - bought):
            return bought, added
        last, added = bought, added + 1
        bought = set(plain(case, added))
    return bought, added


@settings(max_examples=300, deadline=None)
@given(cases("pb_mes"))
def test_it_is_the_rule(case: dict[str, Any]) -> None:
    got, (wanted, added) = recount(case), plain_result(case)
    assert sum(int(case["costs"][winner]) for winner in got["winners"]) == int(got["spent"])
    if case["params"]["tie_break"]:
        assert (set(got["winners"]), got["added"]) == (wanted, added)
        assert got["tied"] == []
    else:
        assert set(got["winners"]) <= wanted <= set(got["winners"] + got["tied"])


@settings(max_examples=40, deadline=None)
@given(cases("pb_mes"), st.integers(20, 90), st.integers(0, 19))
def test_it_is_the_rule_through_many_steps(case: dict[str, Any], times: int, more: int) -> None:
    """The same questions in a smaller coin: leaps must land where single steps do."""
    costs = {option: str(int(cost) * times) for option, cost in case["costs"].items()}
    finer = {**case, "costs": costs, "budget": str(int(case["budget"]) * times + more)}
    finer["params"] = {**case["params"], "completion": "add1", "tie_break": BY_NAME}
    got = recount(finer)
    assert (set(got["winners"]), got["added"]) == plain_result(finer)


@settings(max_examples=100, deadline=None)
@given(cases("pb_mes"), st.permutations(["甲", "乙", "丙", "丁", "戊"]))
def test_neutral_anonymous_and_blind_to_order(case: dict[str, Any], other: list[str]) -> None:
    got = recount(case)
    assert recount(single_papers(case)) == got
    if case["params"]["tie_break"] is None:
        names = dict(zip(case["options"], other, strict=False))
        assert set(recount(renamed(case, names))["winners"]) == {names[winner] for winner in got["winners"]}


@settings(max_examples=100, deadline=None)
@given(cases("pb_mes"))
def test_nobody_pays_more_than_there_is(case: dict[str, Any]) -> None:
    got = recount(case)
    assert int(got["spent"]) <= int(case["budget"])
    for step in got["steps"]:
        assert Fraction(step["each_at_most"]) <= Fraction(got["endowment"])
        assert Fraction(step["each_at_most"]) * step["supporters"] >= Fraction(step["cost"])
