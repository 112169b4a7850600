"""Scottish STV: the worked cases, rules 46 to 52 one by one, lots, and what a count must not depend on."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.stv_scottish import ONE, ScottishResult, count

from .elections import Election, elections, papers

CASES = Path(__file__).parents[2] / "data" / "cases"


def elect(options: str, seats: int, *lines: str) -> ScottishResult:
    return count(papers(*lines), list(options), seats=seats)


@pytest.mark.parametrize("case", json.loads((CASES / "stv_scottish.json").read_text()), ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    got = recount(case)
    assert {key: got[key] for key in case["expected"]} == case["expected"]
    assert got["tied"] == []


@pytest.mark.parametrize(("votes", "seats", "quota"), [(99, 3, 25), (100, 3, 26), (101, 3, 26), (1, 1, 1)])
def test_the_quota_is_the_next_whole_vote(votes: int, seats: int, quota: int) -> None:
    assert elect("ABCDE", seats, f"{votes} A", "7").quota == quota


def test_exactly_the_quota_elects_and_leaves_no_surplus() -> None:
    got = elect("ABCD", 2, "4 A B", "3 B", "2 C", "1 D A C")  # quota 10 // 3 + 1 = 4
    assert [stage.kind for stage in got.stages] == ["first", "exclude", "exclude"]
    assert got.stages[1].votes == {
        "A": 4 * ONE,
        "B": 3 * ONE,
        "C": 3 * ONE,
        "D": 0,
    }  # D's paper passes over A
    assert got.winners == ["A", "B"]


def test_the_value_is_multiplied_before_it_is_divided() -> None:
    got = elect(
        "ABCD", 3, "10 A B C", "1 C", "2 D"
    )  # quota 4: B gets ten papers at 0.6 and has a surplus of 2
    assert got.stages[2].votes["C"] == ONE + 10 * 20000  # 2 * 0.6 / 6, and not 0.6 * 0.33333


def test_a_part_of_the_value_at_which_the_paper_came_goes_on() -> None:
    # Quota 24 // 4 + 1 = 7. A has 14: each paper goes on at 7/14 = 0.5, so B has 4 + 5 * 0.5 = 6.5 and C 3.5 + ...
    got = elect("ABCD", 3, "10 A B D", "4 A C", "4 B D", "3 C", "3 D")
    assert got.stages[1].votes == {"A": 7 * ONE, "B": 9 * ONE, "C": 5 * ONE, "D": 3 * ONE}
    # B has 9, surplus 2: papers from A go on at 2 * 0.5 / 9 = 0.11111, own papers at 2 / 9 = 0.22222.
    assert got.stages[2].votes["D"] == 3 * ONE + 10 * 11111 + 4 * 22222
    assert got.stages[2].who == "B"


def test_a_paper_passes_over_those_who_are_elected_or_excluded() -> None:
    got = elect("ABCD", 3, "7 A B C", "6 B", "3 C", "1 D A C")  # quota 5: A and B are in at once
    assert got.stages[1].votes["C"] == 3 * ONE + 7 * 28571  # 2/7 of a vote each, past B
    assert (got.stages[3].who, got.stages[3].votes["C"]) == ("D", got.stages[1].votes["C"] + ONE)  # past A
    assert got.winners == ["A", "B", "C"]


def test_last_seats_are_filled_without_a_quota() -> None:
    got = elect("ABC", 2, "9 A", "2 B", "1 C")  # quota 5; A's surplus goes to nobody
    assert got.winners == ["A", "B"]
    assert got.stages[1].non_transferable == 9 * 44444
    assert [(stage.kind, stage.who) for stage in got.stages] == [
        ("first", None),
        ("surplus", "A"),
        ("exclude", "C"),
    ]


def test_the_greater_surplus_goes_first() -> None:
    got = elect("ABCDEF", 4, "20 A C", "30 B D", "1 C", "1 D", "9 E", "8 F")
    # Quota 14. B's surplus lifts D to 17, but A's 6 is more than D's 3.
    assert [stage.who for stage in got.stages[1:3]] == ["B", "A"]
    assert got.winners[:3] == ["B", "A", "D"]


def test_equal_votes_are_told_apart_by_the_last_stage_that_differs() -> None:
    got = elect("ABCD", 1, "2 A B", "4 B", "6 C", "7 D")
    assert got.stages[1].votes == {"A": 0, "B": 6 * ONE, "C": 6 * ONE, "D": 7 * ONE}
    # At the first stage B had fewer than C, so B leaves.
    assert [stage.who for stage in got.stages] == [None, "A", "B", "C"]
    assert got.lots == []


def test_several_equal_ones_are_narrowed_stage_by_stage() -> None:
    got = elect("PXYZWF", 2, "8 P Z", "2 P X", "30 P", "4 X", "5 Y", "2 Z", "6 W", "1 F X", "1 F Y")
    assert [stage.who for stage in got.stages[1:3]] == ["P", "F"]
    assert {got.stages[2].votes[option] for option in "XYZW"} == {6 * ONE}
    # After P's surplus X and Y had 5, Z and W 6; of X and Y, X had fewer at first. That Z then had fewest of all
    # does not count any more.
    assert got.stages[3].who == "X"


def test_a_lot_that_decides_is_reported_and_the_stages_end_before_it() -> None:
    got = elect("ABC", 1, "5 A", "3 B C", "3 C B")
    # Whoever of B and C leaves, the other has 6 and beats A: A is out in both ways.
    assert (got.winners, got.tied) == ([], ["B", "C"])
    assert [lot._asdict() for lot in got.lots] == [{"stage": 1, "kind": "exclude", "options": ["B", "C"]}]
    assert len(got.stages) == 1


def test_a_lot_that_decides_nothing_does_not_stop_the_count() -> None:
    got = elect("ABCD", 1, "9 A", "5 B", "1 C A", "1 D A")
    assert (got.winners, got.tied) == (["A"], [])
    assert got.quota == 9
    got = elect("ABCD", 1, "8 A", "5 B", "2 C A", "2 D A")
    assert (got.winners, got.tied) == (["A"], [])
    assert got.lots[0].options == ["C", "D"]
    assert [stage.who for stage in got.stages] == [None, "C"]


def test_equal_surpluses_at_all_stages_are_a_lot() -> None:
    got = elect("ABCD", 3, "9 A C", "9 B D", "1 C", "1 D")
    assert got.lots[0] == (1, "surplus", ["A", "B"])
    assert set(got.winners) == {"A", "B"}
    assert got.tied == ["C", "D"]


def test_nobody_who_holds_no_paper_leaves_by_a_lot_that_matters() -> None:
    many = [f"写票{n}" for n in range(40)]
    got = count(papers("6 A", "4 B", "5 C"), ["A", "B", "C", *many], seats=1)
    assert got.winners == ["A"]
    assert got.tied == []


def test_seats_for_all_and_for_nobody() -> None:
    assert elect("AB", 5, "1 B").winners == ["B", "A"]
    assert elect("AB", 0, "1 B").winners == []
    assert elect("AB", 1, "3").as_json() == {
        **elect("AB", 1).as_json(),
        "blank": 3,
    }
    assert (elect("AB", 3).winners, elect("AB", 3).tied) == ([], [])
    assert elect("", 1, "1 A").winners == []


def test_what_is_no_ranking_is_refused_in_one_line() -> None:
    case = {"method": "stv_scottish", "options": ["A"], "ballots": [{"ranking": "A"}], "params": {"seats": 1}}
    with pytest.raises(Unreadable):
        recount(case)


def test_marks_that_cannot_be_read() -> None:
    odd: list[Any] = [
        {"ranking": ["A", "A", "B"]},
        {"ranking": ["?", "B"]},
        {"ranking": [["A", "B"], "C"]},
        {},
    ]
    got = count(odd, ["A", "B", "C"], seats=1)
    assert (got.valid, got.blank) == (2, 2)
    assert got.stages[0].votes == {"A": ONE, "B": ONE, "C": 0}


def test_a_ring_of_a_hundred_lots_ends() -> None:
    ring = [str(n) for n in range(100)]
    got = count([{"ranking": ring[n:] + ring[:n]} for n in range(100)], ring, seats=5)
    assert (got.winners, got.tied) == ([], ring)


@given(elections())
def test_no_vote_appears(election: Election) -> None:
    options, ballots, seats = election
    got = count(ballots, options, seats=seats)
    for stage in got.stages:
        total = sum(stage.votes.values()) + stage.non_transferable
        assert got.valid * ONE - len(ballots) * len(options) * 100 <= total <= got.valid * ONE


@given(elections())
def test_a_majority_of_first_preferences_has_a_seat(election: Election) -> None:
    options, ballots, seats = election
    got = count(ballots, options, seats=seats)
    if seats:
        first = got.stages[0].votes
        assert {option for option in options if first[option] >= got.quota * ONE} <= set(got.winners)
