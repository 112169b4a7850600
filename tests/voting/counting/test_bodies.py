"""Other bodies: the residents' assembly, a committee's meeting, unanimity, and the election of a committee."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.elected import elected
from portal.voting.counting.weight import Weight
from tests.voting.counting import owners


@pytest.mark.parametrize(
    ("members", "present", "agree", "assembly", "committee"),
    [
        (100, 51, 26, "passed", "rejected"),
        (100, 50, 50, "no_quorum", "no_quorum"),
        (100, 51, 25, "rejected", "rejected"),
        (100, 52, 26, "rejected", "rejected"),
        (7, 4, 4, "passed", "passed"),
        (7, 4, 3, "passed", "rejected"),
        (7, 7, 4, "passed", "passed"),
        (7, 3, 3, "no_quorum", "no_quorum"),
        (0, 0, 0, "no_quorum", "no_quorum"),
        (1, 1, 0, "rejected", "rejected"),
    ],
)
def test_meetings(members: int, present: int, agree: int, assembly: str, committee: str) -> None:
    stated = {"members": members, "present": present, "agree": agree}
    assert recount(owners.sums("residents_assembly", stated))["result"] == assembly
    assert recount(owners.sums("committee_meeting", stated))["result"] == committee


def test_a_meeting_says_what_is_missing() -> None:
    got = recount(owners.sums("committee_meeting", {"members": 9, "present": 4, "agree": 2}))
    assert got["shortfalls"] == {"present": 1, "agree": 3}


@pytest.mark.parametrize("method", ["residents_assembly", "committee_meeting"])
@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"members": 5, "present": 6, "agree": 1},
        {"members": 5, "present": 4, "agree": 5},
        {"members": "5", "present": 4, "agree": 3},
        {"members": 5, "present": 4.0, "agree": 3},
        {"members": 5, "present": 4, "agree": -1},
        {"members": True, "present": 1, "agree": 1},
    ],
)
def test_meetings_that_cannot_be(method: str, stated: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        recount(owners.sums(method, stated))


# ---- unanimity ---------------------------------------------------------------------------------

HOUSE = [
    {"unit": "101", "area": "80.00", "owner": "A", "building": "1"},
    {"unit": "102", "area": "80.00", "owners": "H+W", "building": "1"},
    {"unit": "201", "area": "80.00", "owner": "C", "building": "2"},
]


def concerning(
    ballots: list[dict[str, Any]], electorate: dict[str, Any] | None = None, **rules: Any
) -> dict[str, Any]:
    return recount(owners.case(HOUSE, ballots, method="unanimity", electorate=electorate, **rules))


def test_everybody_concerned_must_agree() -> None:
    both = owners.votes(A="for", H="for")
    got = concerning(both, building="1")
    assert (got["result"], got["total"], got["missing_units"]) == ("passed", ["160.00", 2], [])
    assert concerning(both)["missing_units"] == ["201"]
    affected = concerning(both, {"affected": ["201"]}, building="1")
    assert (affected["result"], affected["missing"]) == ("rejected", ["80.00", 1])


@pytest.mark.parametrize("choice", ["against", "abstain", "invalid", None])
def test_whatever_else_is_said_is_no_agreement(choice: str | None) -> None:
    ballots = [*owners.votes(A="for"), {"owner": "H", "choice": choice}]
    assert concerning(ballots, building="1")["missing_units"] == ["102"]
    silent = concerning(owners.votes(A="for"), building="1", non_response="follow_majority")
    assert silent["result"] == "rejected"


def test_where_nobody_is_concerned_nobody_agreed() -> None:
    assert concerning([], building="9")["result"] == "rejected"
    assert recount(owners.sums("unanimity", {"total": ["0.00", 0]}))["result"] == "rejected"


def test_unanimity_of_sums() -> None:
    all_agree = {"total": ["90.00", 3], "agree": ["90.00", 3]}
    assert recount(owners.sums("unanimity", all_agree))["result"] == "passed"
    for agree in (["90.00", 2], ["89.99", 3]):
        assert recount(owners.sums("unanimity", {**all_agree, "agree": agree}))["result"] == "rejected"
    for stated in ({}, {"total": ["1.00", 1], "agree": ["2.00", 1]}):
        with pytest.raises(Unreadable):
            recount(owners.sums("unanimity", stated))


def test_a_roll_without_areas_blocks_unanimity_too() -> None:
    units = [{"unit": "u1", "owner": "A"}]
    got = recount(owners.case(units, owners.votes(A="for"), method="unanimity"))
    assert (got["result"], got["units"]) == ("blocked", ["u1"])


# ---- a committee -------------------------------------------------------------------------------

NINE = {"total": ["900.00", 9], "part": ["600.00", 6]}


def election(candidates: dict[str, list[Any]], *, seats: int = 2, **params: Any) -> dict[str, Any]:
    stated = {**NINE, "candidates": candidates}
    return recount(owners.sums("committee_election", stated, seats=seats, **params))


def test_every_seat_needs_the_majority_by_both_measures() -> None:
    got = election({"a": ["300.01", 4], "b": ["300.00", 6], "c": ["600.00", 3], "d": ["299.99", 3]}, seats=3)
    assert (got["elected"], got["vacant"], got["tied"]) == (["a"], 2, [])
    assert got["top_up"] == {"seats": 2, "candidates": ["b", "c", "d"]}
    assert got["candidates"]["b"]["shortfall_area"] == "0.01"
    assert got["candidates"]["c"]["shortfall_heads"] == 1


def test_more_have_the_majority_than_there_are_seats() -> None:
    got = election({"a": ["400.00", 4], "b": ["500.00", 5], "c": ["600.00", 6]})
    assert (got["elected"], got["tied"], got["vacant"], got["top_up"]) == (["b", "c"], [], 0, None)


def test_alternates_have_the_majority_too_and_come_next_by_votes() -> None:
    five: dict[str, list[Any]] = {
        "a": ["400.00", 4],
        "b": ["600.00", 6],
        "c": ["500.00", 5],
        "d": ["300.00", 4],
        "e": ["450.00", 5],
    }
    got = election(five, seats=1, alternates=2)
    assert (got["elected"], got["places"]) == (["b"], 2)
    assert (got["alternates"], got["alternates_tied"]) == (["c", "e"], [])
    assert election(five, seats=1, alternates=9)["alternates"] == ["c", "e", "a"]
    assert "alternates" not in election(five, seats=1)


def test_who_loses_the_lot_for_a_seat_comes_before_the_other_alternates() -> None:
    level: dict[str, list[Any]] = {"a": ["500.00", 5], "b": ["500.00", 5], "c": ["400.00", 4]}
    one = election(level, seats=1, alternates=1)
    assert (one["tied"], one["alternates"], one["alternates_tied"]) == (["a", "b"], [], [])
    assert election(level, seats=1, alternates=2)["alternates"] == ["c"]


def test_alternates_who_are_level_are_said_to_be() -> None:
    level: dict[str, list[Any]] = {"a": ["600.00", 6], "b": ["400.00", 4], "c": ["400.00", 4]}
    got = election(level, seats=1, alternates=1)
    assert (got["alternates"], got["alternates_tied"]) == ([], ["b", "c"])


def test_area_and_heads_that_differ_are_for_the_rules_of_the_assembly() -> None:
    candidates: dict[str, list[Any]] = {"a": ["400.00", 6], "b": ["500.00", 5], "c": ["600.00", 6]}
    got = election(candidates)
    assert (got["elected"], got["tied"]) == (["c"], ["a", "b"])
    assert election(candidates, rank="area")["elected"] == ["b", "c"]
    assert election(candidates, rank="heads")["elected"] == ["a", "c"]
    level = election({"a": ["400.00", 5], "b": ["400.00", 5]}, seats=1)
    assert (level["elected"], level["tied"], level["vacant"]) == ([], ["a", "b"], 0)


def test_too_few_took_part() -> None:
    stated = {"total": ["900.00", 9], "part": ["599.99", 6], "candidates": {"a": ["500.00", 6]}}
    got = recount(owners.sums("committee_election", stated, seats=1))
    assert (got["result"], got["elected"], got["vacant"], got["top_up"]) == ("no_quorum", [], 1, None)


PAPERS: list[dict[str, Any]] = [
    {"owner": "A", "approve": ["x", "y"]},
    {"owner": "B", "approve": ["x"]},
    {"owner": "C", "approve": []},
    {"owner": "D", "approve": ["x", "y", "z"]},
    {"owner": "E", "approve": ["x", "x"]},
    {"owner": "F", "approve": ["nobody"]},
    {"owner": "G"},
]
SEVEN = owners.estate(**dict.fromkeys("ABCDEFG", "100.00"))


def papers(
    ballots: list[dict[str, Any]], electorate: dict[str, Any] | None = None, **rules: Any
) -> dict[str, Any]:
    return recount(
        owners.case(
            SEVEN,
            ballots,
            method="committee_election",
            options=["x", "y", "z"],
            electorate=electorate,
            **{"seats": 2, **rules},
        )
    )


def test_an_election_by_papers() -> None:
    got = papers(PAPERS)
    assert (got["part"], got["result"]) == (["300.00", 3], "no_quorum")
    assert [(u["ballot"], u["reason"]) for u in got["uncounted"]] == [
        (4, "INVALID"),
        (5, "INVALID"),
        (6, "INVALID"),
        (7, "BLANK"),
    ]
    more = papers(PAPERS, max_choices=3, invalid="participating")
    assert (more["part"], more["elected"], more["vacant"]) == (["700.00", 7], [], 2)
    assert more["candidates"]["x"]["votes"] == ["300.00", 3]
    three = [*PAPERS[:3], *({"owner": o, "approve": ["y", "x"]} for o in "DE")]
    assert papers(three)["elected"] == ["x", "y"]


def test_co_owners_elect_together() -> None:
    units = [{"unit": "u1", "area": "10.00", "owners": "H+W"}]
    for second, part in ((["y", "x"], ["10.00", 1]), (["x"], ["0.00", 0])):
        ballots = [{"owner": "H", "approve": ["x", "y"]}, {"owner": "W", "approve": second}]
        got = recount(owners.case(units, ballots, method="committee_election", options=["x", "y"], seats=2))
        assert got["part"] == part


def test_the_silent_may_take_part_in_an_election_but_elect_nobody() -> None:
    reached = {"deliveries": [{"owner": o, "proof": True, "warned": True} for o in "EF"]}
    three = [{"owner": o, "approve": ["x"]} for o in "ABC"]
    got = papers(three, reached, non_response="follow_majority")
    assert (got["part"], got["elected"], got["flag"]) == (["500.00", 5], ["x"], "RULE_DEPENDENT")
    assert (got["plain"]["part"], got["plain"]["result"]) == (["300.00", 3], "no_quorum")


@pytest.mark.parametrize(
    "params",
    [{"seats": 0}, {"seats": None}, {"seats": "5"}, {"seats": True}, {"seats": 2, "rank": "age"}],
)
def test_seats_that_cannot_be_read(params: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match="params"):
        papers(PAPERS, **params)


@pytest.mark.parametrize(
    "stated",
    [
        {},
        NINE,
        {**NINE, "candidates": ["a"]},
        {**NINE, "candidates": {"a": ["601.00", 1]}},
        {**NINE, "candidates": {"a": 5}},
        {"total": ["1.00", 1], "part": ["2.00", 1], "candidates": {}},
    ],
)
def test_elections_that_cannot_be(stated: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        recount(owners.sums("committee_election", stated, seats=2))


def test_candidates_are_needed() -> None:
    with pytest.raises(Unreadable, match="candidates"):
        recount(owners.case(SEVEN, [], method="committee_election", options=[], seats=1))


@given(
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 6)), max_size=7),
    st.integers(1, 5),
    st.sampled_from(["both", "area", "heads"]),
)
def test_seats_add_up_and_nobody_passes_who_is_behind(
    votes: list[tuple[int, int]], seats: int, by: str
) -> None:
    given_votes = {f"c{n}": Weight(*vote) for n, vote in enumerate(votes)}
    got = elected(seats, Weight(900, 9), Weight(600, 6), given_votes, by=by, alternates=2)
    assert len(got.alternates) <= got.places
    assert not {*got.alternates, *got.alternates_tied} & {*got.elected, *got.tied}
    assert all(got.candidates[name].met for name in (*got.alternates, *got.alternates_tied))
    assert len(got.elected) + got.vacant <= seats
    assert bool(got.tied) == (len(got.elected) + got.vacant < seats)
    assert not got.tied or len(got.elected) + len(got.tied) + got.vacant > seats
    able = [name for name, votes in got.candidates.items() if votes.met]
    assert {*got.elected, *got.tied} <= set(able)
    for name in set(able) - {*got.elected}:
        for other in got.elected:
            one, two = given_votes[name], given_votes[other]
            assert by != "both" or not (one.area > two.area and one.heads > two.heads)
            assert by != "area" or one.area <= two.area
            assert by != "heads" or one.heads <= two.heads


@given(
    st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.sets(st.sampled_from("xyz"))), max_size=9),
    st.permutations("xyz"),
    st.sampled_from(["both", "area", "heads"]),
    st.randoms(use_true_random=False),
)
def test_an_election_is_blind_to_order_channel_and_names(
    given_papers: list[tuple[str, set[str]]], names: list[str], rank: str, shuffler: random.Random
) -> None:
    def handed_in(new: dict[str, str], *ways: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {"owner": who, "approve": sorted(new[c] for c in marked), "time": n, **shuffler.choice(ways)}
            for n, (who, marked) in enumerate(given_papers)
        ]

    one = papers(handed_in(dict(zip("xyz", "xyz", strict=True)), {}), rank=rank, max_choices=3)
    new = dict(zip("xyz", names, strict=True))
    mixed = handed_in(new, {}, {"channel": "paper"}, {"proxy": "Z", "authorised": True})
    shuffler.shuffle(mixed)
    other = papers(mixed, rank=rank, max_choices=3)
    for key in ("elected", "tied"):
        assert sorted(new[c] for c in one[key]) == sorted(other[key])
    assert {new[c]: votes for c, votes in one["candidates"].items()} == other["candidates"]
    assert (one["part"], one["vacant"]) == (other["part"], other["vacant"])
