"""Meek's STV: cases worked by hand, the arithmetic of the reference rule, lots, what a count must not depend on."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from portal.voting.counting import recount
from portal.voting.counting.expected import differences
from portal.voting.counting.stv_meek import OMEGA, ONE, MeekResult, count

from .elections import Election, elections, papers

CASES = Path(__file__).parents[2] / "data" / "cases"


def elect(options: str, seats: int, *lines: str) -> MeekResult:
    return count(papers(*lines), list(options), seats=seats)


@pytest.mark.parametrize("case", json.loads((CASES / "stv_meek.json").read_text()), ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    got = recount(case)
    assert case["expected"].keys() <= got.keys()
    assert differences("stv_meek", got, case["expected"]) == []


def test_rounding_of_the_reference_rule() -> None:
    got = elect("ABC", 2, "9 A", "4 B", "2 C")
    assert got.stages[1].quota == 5 * ONE + 1  # 15 / 3, and one unit more
    # 5.000000001 / 9 rounded up; nine papers keep that; quota = 11.000000004 / 3 cut, and one unit more
    assert got.keep["A"] == 555_555_556
    assert got.votes["A"] == 5_000_000_004
    assert got.quota == 3_666_666_669
    assert [(stage.kind, stage.who) for stage in got.stages] == [
        ("first", []),
        ("elect", ["A"]),
        ("elect", ["B"]),
    ]


def test_what_is_kept_is_rounded_up_for_each_paper() -> None:
    got = elect("ABCD", 3, "4 A B C", "4 B A C", "2 C", "2 D")
    # Both keep 0.600000001: 0.399999999 comes through to the other, who keeps 0.2399999998 of it, rounded up.
    assert got.keep["A"] == 600_000_001
    assert got.votes["A"] == 4 * 600_000_001 + 4 * 240_000_000
    assert got.votes["C"] == 2 * ONE + 8 * 159_999_999


def test_an_elected_candidate_passes_on_what_comes_later_too() -> None:
    got = elect("ABCDE", 2, "20 A", "1 D A B", "5 B", "5 C", "4 E")
    before, after = [stage for stage in got.stages if stage.kind == "exclude"][:2]
    assert (before.who, after.who) == (["D"], ["E"])
    kept = after.keep["A"]
    assert before.votes["A"] == 20 * before.keep["A"]
    assert after.votes["A"] == 21 * kept
    assert after.votes["B"] == 5 * ONE + (ONE - kept)


def test_a_paper_on_which_nobody_is_left_lowers_the_quota() -> None:
    got = elect("ABC", 1, "4 A", "3 B", "2 C")
    assert (got.winners, got.quota) == (["A"], 3_500_000_001)  # C's two papers are gone: 7 / 2
    assert got.stages[-1].non_transferable == 2 * ONE


def test_a_tie_that_rounding_hides_is_a_tie() -> None:
    got = elect("ABC", 2, "5 A B", "3 C", "1 B")
    at_the_lot = got.votes["B"], got.votes["C"]
    assert at_the_lot[0] != at_the_lot[1]
    assert (got.winners, got.tied) == (["A"], ["B", "C"])
    assert got.lots == [(2, "exclude", ["B", "C"])]


def test_a_lot_that_decides_is_reported_and_the_stages_end_before_it() -> None:
    got = elect("ABC", 1, "5 A", "3 B C", "3 C B")  # whoever of B and C leaves, the other has 6 and beats A
    assert (got.winners, got.tied) == ([], ["B", "C"])
    assert [stage.kind for stage in got.stages] == ["first"]


def test_a_lot_that_decides_nothing_does_not_stop_the_count() -> None:
    got = elect("ABCD", 1, "8 A", "5 B", "2 C A", "2 D A")
    assert (got.winners, got.tied) == (["A"], [])
    assert got.lots[0].options == ["C", "D"]


def test_weak_ones_who_all_leave_are_no_question() -> None:
    got = elect("ABCDEF", 1, "40 A", "42 B", "45 C", "1 D E", "1 E F", "1 F D")
    assert (got.winners, got.tied) == (["C"], [])
    assert [lot.options for lot in got.lots] == [["D", "E", "F"]]
    assert [stage.who for stage in got.stages if stage.kind == "exclude"] == [["D"], ["F"], ["E"], ["A"]]


def test_nobody_whom_no_vote_reaches_leaves_by_a_lot_that_matters() -> None:
    many = [f"写票{n}" for n in range(40)]
    got = count(papers("6 A", "4 B", "5 C"), ["A", "B", "C", *many], seats=1)
    assert (got.winners, got.tied) == (["A"], [])


def test_seats_for_all_and_for_nobody() -> None:
    assert elect("AB", 5, "1 B").winners == ["B", "A"]
    assert elect("AB", 0, "1 B").winners == []
    assert (elect("AB", 3, "2").winners, elect("AB", 3, "2").blank) == ([], 2)
    assert elect("", 1, "1 A").winners == []


def test_all_papers_alike() -> None:
    got = elect("ABC", 2, "5 A")
    assert (got.winners, got.tied) == (["A"], ["B", "C"])


def test_a_ring_of_a_hundred_lots_ends() -> None:
    ring = [str(n) for n in range(100)]
    got = count([{"ranking": ring[n:] + ring[:n]} for n in range(100)], ring, seats=5)
    assert (got.winners, got.tied) == ([], ring)


def test_values_are_written_as_decimals() -> None:
    got = elect("AB", 1, "2 A", "1 B").as_json()
    assert (got["quota"], got["votes"]) == ("1.500000001", {"A": "2.000000000", "B": "1.000000000"})
    assert json.loads(json.dumps(got)) == got


@given(elections())
def test_no_vote_appears_or_gets_lost(election: Election) -> None:
    options, ballots, seats = election
    got = count(ballots, options, seats=seats)
    for stage in got.stages:
        assert sum(stage.votes.values()) + stage.non_transferable == got.valid * ONE


@given(elections())
def test_at_an_exclusion_the_elected_have_the_quota_and_nobody_else_has(election: Election) -> None:
    options, ballots, seats = election
    elected: set[str] = set()
    for stage in count(ballots, options, seats=seats).stages:
        if stage.kind == "elect":
            elected |= set(stage.who)
        if stage.kind == "exclude":
            assert all(stage.quota <= stage.votes[option] <= stage.quota + OMEGA for option in elected)
            assert all(stage.votes[option] < stage.quota for option in set(options) - elected)


@given(elections())
def test_a_quota_of_first_preferences_has_a_seat(election: Election) -> None:
    options, ballots, seats = election
    got = count(ballots, options, seats=seats)
    first = got.stages[0]
    if got.valid and seats:
        assert {option for option in options if first.votes[option] >= first.quota} <= set(got.winners)
