"""What the silence of owners is worth: nothing, unless the assembly said so and they were reached with proof."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.choices import Choice
from portal.voting.counting.silence import leading
from portal.voting.counting.weight import Weight
from tests.voting.counting import owners

TEN = [f"o{n}" for n in range(10)]
RULES = ["not_participating", "abstain", "follow_majority"]


def served(*reached: str, proof: bool = True, warned: bool = True) -> dict[str, Any]:
    return {"deliveries": [{"owner": o, "proof": proof, "warned": warned} for o in reached]}


def said(choices: dict[str, str], electorate: dict[str, Any], rule: str, **rules: Any) -> dict[str, Any]:
    estate = owners.estate(**dict.fromkeys(TEN, "100.00"))
    return recount(
        owners.case(
            estate,
            owners.votes(**choices),
            options=["for", "against", "abstain"],
            electorate=electorate,
            non_response=rule,
            **rules,
        )
    )


FOUR_TO_ONE = {"o0": "for", "o1": "for", "o2": "for", "o3": "for", "o4": "against"}


def test_the_silent_follow_the_majority_and_the_result_says_so() -> None:
    got = said(FOUR_TO_ONE, served(*TEN), "follow_majority")
    assert (got["result"], got["part"], got["agree"]) == ("passed", ["1000.00", 10], ["900.00", 9])
    assert (got["flag"], got["silent"]["deemed"]) == ("RULE_DEPENDENT", "for")
    assert (got["plain"]["result"], got["plain"]["part"]) == ("no_quorum", ["500.00", 5])
    assert got["choices"]["for"] == ["400.00", 4]


def test_the_majority_may_be_against() -> None:
    got = said({"o0": "against", "o1": "against", "o2": "for"}, served(*TEN), "follow_majority")
    assert (got["result"], got["agree"], got["silent"]["deemed"]) == ("rejected", ["100.00", 1], "against")


@pytest.mark.parametrize("choices", [{}, {"o0": "for", "o1": "against"}])
def test_where_nothing_leads_the_silent_only_take_part(choices: dict[str, str]) -> None:
    got = said(choices, served(*TEN), "follow_majority")
    assert (got["result"], got["part"], got["silent"]["deemed"]) == ("rejected", ["1000.00", 10], "abstain")


def test_area_and_heads_must_lead_together() -> None:
    tally = {Choice.FOR: Weight(900, 1), Choice.AGAINST: Weight(100, 2), Choice.ABSTAIN: Weight()}
    assert leading(tally) is None
    assert leading({**tally, Choice.FOR: Weight(900, 3)}) is Choice.FOR
    assert leading({**tally, Choice.FOR: Weight(900, 2)}) is None


@pytest.mark.parametrize(
    "electorate",
    [
        {},
        served(*TEN, proof=False),
        served(*TEN, warned=False),
        served("T"),
        {"deliveries": [{"owner": "o9", "proof": 1, "warned": "yes"}]},
    ],
)
def test_without_proof_and_warning_silence_is_silence(electorate: dict[str, Any]) -> None:
    got = said(FOUR_TO_ONE, electorate, "follow_majority")
    assert (got["result"], got["part"]) == ("no_quorum", ["500.00", 5])
    assert got["silent"]["unserved"] == ["500.00", 5]
    assert got["silent"]["unserved_units"] == [f"unit of o{n}" for n in range(5, 10)]


def test_who_gave_a_spoilt_paper_was_not_silent() -> None:
    got = said({"o0": "for", "o1": "both"}, served("o1"), "abstain")
    assert (got["part"], got["silent"]["served"]) == (["100.00", 1], ["0.00", 0])


def test_co_owners_who_differ_were_not_silent() -> None:
    units = [{"unit": "u1", "area": "10.00", "owners": "H+W"}, {"unit": "u2", "area": "10.00", "owner": "B"}]
    ballots = owners.votes(H="for", W="against", B="for")
    got = recount(owners.case(units, ballots, electorate=served("H", "W"), non_response="follow_majority"))
    assert (got["part"], got["conflicts"]) == (["10.00", 1], ["u1"])


def test_one_co_owner_who_was_reached_is_enough() -> None:
    units = [{"unit": "u1", "area": "10.00", "owners": "H+W"}, {"unit": "u2", "area": "10.00", "owner": "B"}]
    got = recount(owners.case(units, owners.votes(B="for"), electorate=served("W"), non_response="abstain"))
    assert got["part"] == ["20.00", 2]


def test_by_default_nothing_is_said_of_silence() -> None:
    got = said(FOUR_TO_ONE, served(*TEN), "not_participating")
    assert got.keys().isdisjoint({"flag", "plain", "silent"})


@given(
    st.dictionaries(st.sampled_from(TEN), st.sampled_from(["for", "against", "abstain", "invalid"])),
    st.sets(st.sampled_from(TEN)),
    st.sampled_from(["participating", "not_participating"]),
)
def test_the_rule_of_silence_never_changes_the_plain_count(
    choices: dict[str, str], reached: set[str], invalid: str
) -> None:
    by_rule = {rule: said(choices, served(*reached), rule, invalid=invalid) for rule in RULES}
    plain = by_rule["not_participating"]
    for rule in RULES[1:]:
        assert {key: plain[key] for key in by_rule[rule]["plain"]} == by_rule[rule]["plain"]
        assert by_rule[rule]["choices"] == plain["choices"]


# ---- of sums -----------------------------------------------------------------------------------

SUMS = {
    "total": ["10000.00", 100],
    "for": ["4000.00", 40],
    "against": ["1500.00", 15],
    "abstain": ["500.00", 5],
    "silent": ["3000.00", 30],
}


@pytest.mark.parametrize(
    ("rule", "part", "agree", "result"),
    [
        ("not_participating", ["6000.00", 60], ["4000.00", 40], "no_quorum"),
        ("deemed_abstain", ["9000.00", 90], ["4000.00", 40], "rejected"),
        ("follow_majority", ["9000.00", 90], ["7000.00", 70], "passed"),
    ],
)
def test_the_sums_are_weighed_like_the_papers(rule: str, part: Any, agree: Any, result: str) -> None:
    got = recount(owners.sums("gates", SUMS, item=5, non_response=rule))
    assert (got["part"], got["agree"], got["result"]) == (part, agree, result)


def test_spoilt_papers_among_the_sums() -> None:
    stated = {**SUMS, "invalid": ["1000.00", 10]}
    assert recount(owners.sums("gates", stated, item=5))["part"] == ["6000.00", 60]
    taking_part = recount(owners.sums("gates", stated, item=5, invalid="participating"))
    assert (taking_part["part"], taking_part["result"]) == (["7000.00", 70], "passed")


@pytest.mark.parametrize(
    "stated",
    [
        {},
        {"total": "9000.00"},
        {"total": ["9000.00"]},
        {"total": [9000, 90]},
        {"total": ["9000.00", 90.0]},
        {"total": ["9000.00", -1]},
        {"total": ["9000.00", True]},
        {"total": ["1.00", 1], "part": ["2.00", 1], "agree": ["0", 0]},
        {"total": ["9.00", 9], "part": ["2.00", 1], "agree": ["1.00", 2]},
        {**SUMS, "silent": ["3000.00", 41]},
    ],
)
def test_sums_that_cannot_be(stated: dict[str, Any]) -> None:
    with pytest.raises(Unreadable) as refused:
        recount(owners.sums("gates", stated, item=5))
    assert "\n" not in str(refused.value)


def test_sums_may_stand_among_the_params() -> None:
    case = owners.sums("gates", {}, item=5, total=["9.00", 9], part=["6.00", 6], agree=["3.01", 4])
    assert recount(case)["result"] == "passed"
