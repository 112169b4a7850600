"""Which papers of an owners' vote count, and what is said of every other."""

from typing import Any

import pytest

from portal.voting.counting import Unreadable, recount
from tests.voting.counting import owners

ESTATE = owners.estate(A="100.00", B="100.00", C="100.00")
JOINT = [
    {"unit": "u1", "area": "120.00", "owners": "H+W"},
    {"unit": "u2", "area": "80.00", "owner": "B"},
    {"unit": "u3", "area": "80.00", "owner": "C"},
]


def said(
    ballots: list[dict[str, Any]], units: list[dict[str, Any]] | None = None, **rules: Any
) -> dict[str, Any]:
    return recount(owners.case(units or ESTATE, ballots, **rules))


def why(got: dict[str, Any]) -> list[tuple[int, str]]:
    return [(line["ballot"], line["reason"]) for line in got["uncounted"]]


def paper(owner: str, choice: Any, **more: Any) -> dict[str, Any]:
    return {"owner": owner, "choice": choice, **more}


AGAIN = [paper("A", "oppose", time=1), paper("B", "agree", time=2), paper("A", "agree", time=3)]


def test_the_first_valid_paper_counts_or_the_last() -> None:
    first = said(AGAIN)
    assert (first["agree"], why(first), first["rejected_ballots"]) == (
        ["100.00", 1],
        [(3, "DUPLICATE")],
        ["A"],
    )
    last = said(AGAIN, duplicate="last")
    assert (last["agree"], why(last)) == (["200.00", 2], [(1, "DUPLICATE")])


def test_time_orders_papers_whatever_the_order_of_the_file() -> None:
    assert said(AGAIN[::-1])["agree"] == ["100.00", 1]
    assert said(AGAIN[::-1], duplicate="last")["agree"] == ["200.00", 2]
    without = [{k: v for k, v in p.items() if k != "time"} for p in AGAIN]
    assert said(without[::-1])["agree"] == ["200.00", 2]


def test_times_of_the_clock_are_compared_across_zones() -> None:
    ballots = [
        paper("A", "oppose", time="2026-03-01T09:30:00+08:00"),
        paper("A", "agree", time="2026-03-01T01:00:00Z"),
    ]
    assert said(ballots)["agree"] == ["100.00", 1]
    assert said(ballots, duplicate="last")["agree"] == ["0.00", 0]


def test_a_spoilt_paper_does_not_stand_before_a_valid_one() -> None:
    ballots = [paper("A", "invalid"), paper("A", "agree")]
    assert (said(ballots)["agree"], why(said(ballots))) == (["100.00", 1], [(1, "INVALID")])
    withdrawn = said(ballots[::-1], duplicate="last")
    assert (withdrawn["part"], why(withdrawn)) == (["0.00", 0], [(1, "DUPLICATE"), (2, "INVALID")])


@pytest.mark.parametrize("mark", ["invalid", ["agree", "oppose"], "maybe", 1, True, {"agree": 1}])
def test_a_spoilt_paper_takes_part_only_if_the_assembly_says_so(mark: Any) -> None:
    out = said([paper("A", mark)])
    assert (out["part"], why(out), out["rejected_ballots"]) == (["0.00", 0], [(1, "INVALID")], [])
    part = said([paper("A", mark)], invalid="participating")
    assert (part["part"], part["agree"], why(part)) == (["100.00", 1], ["0.00", 0], [])
    assert part["choices"]["invalid"] == ["100.00", 1]


@pytest.mark.parametrize("ballot", [paper("A", None), paper("A", ""), {"owner": "A"}])
def test_a_blank_paper_is_spoilt(ballot: dict[str, Any]) -> None:
    assert why(said([ballot])) == [(1, "BLANK")]


def test_only_what_is_on_the_paper_can_be_chosen() -> None:
    two = recount(owners.case(ESTATE, owners.votes(A="for", B="abstain"), options=["同意", "反对"]))
    assert (two["part"], why(two)) == (["100.00", 1], [(2, "INVALID")])


def test_co_owners_who_agree_are_one_head() -> None:
    got = said([paper("H", "agree"), paper("W", "agree"), paper("B", "agree")], JOINT)
    assert (got["agree"], why(got), got["conflicts"]) == (["200.00", 2], [], [])
    assert said([paper("W", "agree")], JOINT)["agree"] == ["120.00", 1]
    assert said([paper("H+W", "agree")], JOINT)["agree"] == ["120.00", 1]
    assert said([paper("u1", "agree", member="W")], JOINT)["agree"] == ["120.00", 1]


DIFFER = [paper("H", "agree"), paper("W", "oppose"), paper("B", "agree")]


@pytest.mark.parametrize(
    ("rules", "part"),
    [
        ({}, ["80.00", 1]),
        ({"co_owner_conflict": "excluded", "invalid": "participating"}, ["80.00", 1]),
        ({"co_owner_conflict": "invalid"}, ["80.00", 1]),
        ({"co_owner_conflict": "invalid", "invalid": "participating"}, ["200.00", 2]),
    ],
)
def test_co_owners_who_differ(rules: dict[str, Any], part: list[Any]) -> None:
    got = said(DIFFER, JOINT, **rules)
    assert (got["part"], got["agree"], got["conflicts"]) == (part, ["80.00", 1], ["u1"])
    assert why(got) == [(1, "CO_OWNER_CONFLICT"), (2, "CO_OWNER_CONFLICT")]


def test_a_co_owner_may_come_round() -> None:
    ballots = [*DIFFER, paper("W", "agree")]
    assert said(ballots, JOINT, duplicate="last")["agree"] == ["200.00", 2]
    assert said(ballots, JOINT)["conflicts"] == ["u1"]


def test_a_spoilt_paper_of_a_co_owner_stands_against_nothing_unless_it_takes_part() -> None:
    ballots = [paper("H", "agree"), paper("W", "invalid")]
    out = said(ballots, JOINT)
    assert (out["agree"], why(out)) == (["120.00", 1], [(2, "INVALID")])
    part = said(ballots, JOINT, invalid="participating", co_owner_conflict="invalid")
    assert (part["part"], part["agree"], part["conflicts"]) == (["120.00", 1], ["0.00", 0], ["u1"])


def test_the_designated_co_owner_speaks() -> None:
    units = [{**JOINT[0], "designated": "W"}, *JOINT[1:]]
    got = said(DIFFER, units)
    assert (got["part"], got["agree"], got["conflicts"]) == (["200.00", 2], ["80.00", 1], [])
    assert why(got) == [(1, "NOT_DESIGNATED")]


@pytest.mark.parametrize("chosen", [("H", "W"), ("B", "")])
def test_whom_the_co_owners_chose_is_not_guessed(chosen: tuple[str, str]) -> None:
    """Two for the two homes of one couple, or somebody who owns no part of them."""
    first, second = ({**JOINT[0], "unit": f"u{n}", "designated": who} for n, who in enumerate(chosen, 7))
    with pytest.raises(Unreadable, match="designated"):
        said(DIFFER, [first, second, *JOINT[1:]])


SETTLED = [{**JOINT[0], "designated": "W"}, *JOINT[1:]]


@pytest.mark.parametrize("first", ["agree", "oppose"])
@pytest.mark.parametrize("joint_comes_first", [True, False])
def test_a_paper_of_all_beside_the_designated_ones_is_the_same_voters_second(
    first: str, joint_comes_first: bool
) -> None:
    """They do not differ with themselves: the first valid one counts, or the last, whoever held the pen."""
    second = "oppose" if first == "agree" else "agree"
    whole, own = {"owner": "H+W"}, {"owner": "W"}
    order = (whole, own) if joint_comes_first else (own, whole)
    ballots = [{**order[0], "choice": first, "time": 1}, {**order[1], "choice": second, "time": 2}]
    for rule, counts, left_out in (("first", first, 2), ("last", second, 1)):
        got = said(ballots, SETTLED, duplicate=rule)
        assert got["conflicts"] == []
        assert got["part"] == ["120.00", 1]
        assert got["agree"] == (["120.00", 1] if counts == "agree" else ["0.00", 0])
        assert why(got) == [(left_out, "DUPLICATE")]


def test_a_spoilt_paper_of_all_does_not_stand_before_the_designated_ones() -> None:
    got = said([paper("H+W", "invalid"), paper("W", "agree")], SETTLED)
    assert (got["agree"], why(got)) == (["120.00", 1], [(1, "INVALID")])


def test_where_nobody_was_designated_a_paper_of_all_and_another_one_must_say_the_same() -> None:
    got = said([paper("H+W", "agree"), paper("W", "oppose")], JOINT)
    assert (got["part"], got["conflicts"]) == (["0.00", 0], ["u1"])
    assert said([paper("H+W", "agree"), paper("W", "agree")], JOINT)["agree"] == ["120.00", 1]


@pytest.mark.parametrize("rule", ["first", "last"])
def test_what_all_signed_stands_above_what_single_ones_gave_before(rule: str) -> None:
    """They gave their own up by signing together; what one of them says later stands against it again."""
    before = [paper("H", "oppose", time=1), paper("W", "abstain", time=2)]
    whole = paper("H+W", "agree", time=3, joint=True)
    got = said([*before, whole], JOINT, duplicate=rule)
    assert (got["agree"], got["conflicts"]) == (["120.00", 1], [])
    assert [u["reason"] for u in got["uncounted"]] == ["DUPLICATE", "DUPLICATE"]
    later = said([whole, paper("W", "oppose", time=4)], JOINT, duplicate=rule)
    assert later["conflicts"] == ["u1"]


def test_a_spoilt_paper_of_all_gives_nothing_up() -> None:
    got = said([paper("H", "agree", time=1), paper("H+W", None, time=2, joint=True)], JOINT)
    assert got["agree"] == ["120.00", 1]


def test_a_paper_that_only_names_nobody_gives_nothing_up() -> None:
    got = said([paper("H", "oppose", time=1), paper("H+W", "agree", time=2)], JOINT)
    assert got["conflicts"] == ["u1"]


def test_whether_all_signed_is_true_or_false() -> None:
    with pytest.raises(Unreadable):
        said([paper("H+W", "agree", joint="yes")], JOINT)


def test_a_person_who_is_in_several_sets_is_several_voters() -> None:
    units: list[dict[str, Any]] = [
        {"unit": "u1", "area": "50.00", "owner": "j12", "members": ["p1", "p2"]},
        {"unit": "u2", "area": "60.00", "owner": "j13", "members": ["p1", "p3"]},
        {"unit": "u3", "area": "70.00", "owner": "p2"},
    ]
    assert said([paper("p1", "for")], units)["agree"] == ["110.00", 2]
    assert said([paper("j12", "for", member="p1")], units)["agree"] == ["50.00", 1]
    assert said([paper("p2", "for")], units)["agree"] == ["70.00", 1]
    assert said([paper("j12", "for"), paper("p2", "against")], units)["part"] == ["120.00", 2]


def test_who_is_no_owner_is_refused_with_the_reason() -> None:
    got = said([paper("T", "agree"), paper("A", "agree")])
    assert (got["rejected_ballots"], why(got)) == (["T"], [(1, "NOT_ON_ROLL")])
    other = said([{"owner": "H+W", "member": "B", "choice": "agree"}], JOINT)
    assert why(other) == [(1, "NOT_A_CO_OWNER")]


def test_an_owner_who_sends_several_people_gives_one_paper() -> None:
    got = said([paper("A", "agree", member="clerk"), paper("A", "oppose", member="director")])
    assert (got["agree"], why(got), got["conflicts"]) == (["100.00", 1], [(2, "DUPLICATE")], [])


def test_an_agent_counts_for_the_owner_he_acts_for() -> None:
    by_agent = [
        paper("A", "agree", proxy="Z", authorised=True),
        paper("B", "agree", channel="proxy:Z", time=1),
    ]
    assert said(by_agent)["agree"] == ["200.00", 2]
    without = said([paper("A", "agree", proxy="Z", authorised=False), paper("A", "oppose")])
    assert (without["agree"], without["part"], why(without)) == (
        ["0.00", 0],
        ["100.00", 1],
        [(1, "UNAUTHORISED")],
    )


def test_an_agent_acts_for_so_many_owners_and_no_more() -> None:
    ballots = [
        paper("Z", "agree", proxy="Z"),
        paper("A", "agree", proxy="Z"),
        paper("A", "agree", proxy="Z"),
        paper("B", "agree", proxy="Z"),
        paper("C", "agree", proxy="Y"),
    ]
    units = [*ESTATE, *owners.estate(Z="100.00")]
    got = said(ballots, units, proxy_cap=1)
    assert (got["agree"], why(got)) == (["300.00", 3], [(3, "DUPLICATE"), (4, "PROXY_CAP")])
    assert said(ballots, units)["agree"] == ["400.00", 4]
    assert said(ballots, units, proxy_cap=0)["agree"] == ["100.00", 1]
    assert said([paper("W", "agree", proxy="H")], JOINT, proxy_cap=0)["agree"] == ["120.00", 1]


def test_a_paper_at_the_closing_hour_is_late() -> None:
    ballots = [paper("A", "agree", time=9), paper("B", "agree", time=10), paper("C", "agree", time=11)]
    got = said(ballots, closes_at=10)
    assert (got["agree"], why(got)) == (["100.00", 1], [(2, "LATE"), (3, "LATE")])


def test_equal_papers_of_an_owner_are_one_and_none_is_none() -> None:
    got = said([paper("A", "agree", count=3), paper("B", "agree", count=0)])
    assert (got["agree"], why(got)) == (["100.00", 1], [])


@pytest.mark.parametrize(
    ("ballot", "fault"),
    [
        ({"choice": "for"}, "ballot 1: no owner"),
        (paper("", "for"), "no owner"),
        (paper("A", "for", authorised="yes"), "authorised"),
        (paper("A", "for", proxy=["Z"]), "proxy"),
        (paper("A", "for", member={"a": 1}), "member"),
        (paper("A", "for", time="yesterday"), "no time"),
        (paper("A", "for", time=1.5), "no time"),
        (paper("A", "for", time="2026-13-01T00:00"), "no time"),
        (paper("A", "for", count=-1), "count"),
    ],
)
def test_a_paper_that_cannot_be_read(ballot: dict[str, Any], fault: str) -> None:
    with pytest.raises(Unreadable, match=fault):
        said([ballot])


@pytest.mark.parametrize(
    "rules",
    [
        {"item": 0},
        {"item": 10},
        {"item": None},
        {"item": "1"},
        {"item": True},
        {"invalid": "perhaps"},
        {"co_owner_conflict": True},
        {"duplicate": ["first"]},
        {"non_response": "counts"},
        {"count_parking": "no"},
        {"proxy_cap": -1},
        {"closes_at": "noon"},
        {"buildings": 1.5},
    ],
)
def test_rules_that_cannot_be_read(rules: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match=next(iter(rules))):
        said([], **rules)


def test_times_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(Unreadable, match="different kinds"):
        said([paper("A", "for", time=1), paper("B", "for", time="2026-01-01T00:00:00")])
    with pytest.raises(Unreadable, match="closes_at"):
        said([paper("A", "for", time=1)], closes_at="2026-01-01T00:00:00")
    with pytest.raises(Unreadable, match="closes_at"):
        said([paper("A", "for", time=20), paper("B", "for")], closes_at=10)
    with pytest.raises(Unreadable, match="options"):
        recount(owners.case(ESTATE, [], options=["A", "B"]))
