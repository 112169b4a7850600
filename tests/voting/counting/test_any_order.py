"""Counts of owners, unanimity and an election, whatever the order of papers and whatever people are called."""

import random
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import recount

from . import owners

OWNERS = list("ABCDEFG")
CANDIDATES = list("xyz")
shufflers = st.randoms(use_true_random=False)


class Estate(NamedTuple):
    units: list[dict[str, Any]]
    ballots: list[dict[str, Any]]


@st.composite
def estates(draw: st.DrawFn, marks: st.SearchStrategy[dict[str, Any]]) -> Estate:
    """Owners of one or several units, and a paper at most of each, on the roll or not."""
    held = draw(st.lists(st.sampled_from(OWNERS[:-1]), min_size=1, max_size=9))
    areas = [f"{draw(st.integers(1, 20_000)) / 100:.2f}" for _ in held]
    units = [
        {"unit": f"u{n}", "area": area, "owner": owner}
        for n, (owner, area) in enumerate(zip(held, areas, strict=True))
    ]
    voters = draw(st.lists(st.sampled_from(OWNERS), unique=True))
    return Estate(units, [{"owner": owner, **draw(marks)} for owner in voters])


said = estates(st.fixed_dictionaries({"choice": st.sampled_from(["for", "against", "abstain", None])}))
marked = estates(
    st.fixed_dictionaries({"approve": st.lists(st.sampled_from(CANDIDATES), unique=True, max_size=3)})
)


def unanimity(estate: Estate) -> dict[str, Any]:
    return recount(owners.case(estate.units, estate.ballots, method="unanimity"))


def election(estate: Estate, options: list[str], seats: int, alternates: int = 1) -> dict[str, Any]:
    params: dict[str, Any] = {"seats": seats, "max_choices": 3, "alternates": alternates}
    return recount(
        owners.case(estate.units, estate.ballots, method="committee_election", options=options, **params)
    )


def shuffled(estate: Estate, shuffler: random.Random) -> Estate:
    again = Estate([*estate.units], [*estate.ballots])
    shuffler.shuffle(again.units)
    shuffler.shuffle(again.ballots)
    return again


def called_otherwise(estate: Estate) -> Estate:
    """Every owner by another name."""
    new = dict(zip(OWNERS, [*OWNERS[1:], OWNERS[0]], strict=True))
    return Estate(*([{**row, "owner": new[row["owner"]]} for row in rows] for rows in estate))


def sums(got: dict[str, Any]) -> dict[str, Any]:
    """What a result says without naming an owner, a unit or the place of a paper."""
    told = {key: got[key] for key in ("total", "agree", "missing", "passed", "verdict")}
    return told | {"missing_units": sorted(got["missing_units"])}


def seats(got: dict[str, Any]) -> dict[str, Any]:
    told = {key: got[key] for key in ("total", "part", "verdict", "vacant", "abstained", "invalid")}
    groups = {key: sorted(got[key]) for key in ("elected", "tied", "alternates", "alternates_tied")}
    return told | groups | {"candidates": {name: got["candidates"][name] for name in CANDIDATES}}


@given(said, shufflers)
def test_unanimity_whatever_the_order_and_the_names(estate: Estate, shuffler: random.Random) -> None:
    got = sums(unanimity(estate))
    assert sums(unanimity(shuffled(estate, shuffler))) == got
    assert sums(unanimity(called_otherwise(estate))) == got


@given(said)
def test_unanimity_is_everybody_and_one_who_does_not_agree_undoes_it(estate: Estate) -> None:
    heads = sorted({unit["owner"] for unit in estate.units})
    agreed = {b["owner"] for b in estate.ballots if b["choice"] == "for"}
    assert unanimity(estate)["passed"] == (set(heads) <= agreed)
    everybody = Estate(estate.units, [{"owner": owner, "choice": "for"} for owner in heads])
    assert unanimity(everybody)["passed"]
    everybody.ballots[0]["choice"] = "abstain"
    assert not unanimity(everybody)["passed"]


@given(marked, st.integers(1, 3), shufflers)
def test_an_election_whatever_the_order_and_the_names(
    estate: Estate, number: int, shuffler: random.Random
) -> None:
    got = seats(election(estate, CANDIDATES, number))
    turned = [*CANDIDATES]
    shuffler.shuffle(turned)
    assert seats(election(shuffled(estate, shuffler), turned, number)) == got
    assert seats(election(called_otherwise(estate), CANDIDATES, number)) == got


@given(marked, st.integers(1, 3), st.permutations(CANDIDATES))
def test_an_election_whatever_the_candidates_are_called(
    estate: Estate, number: int, names: list[str]
) -> None:
    new = dict(zip(CANDIDATES, names, strict=True))
    papers = [{**b, "approve": [new[name] for name in b["approve"]]} for b in estate.ballots]
    one, other = (
        seats(election(Estate(estate.units, ballots), CANDIDATES, number))
        for ballots in (estate.ballots, papers)
    )
    for key in ("elected", "tied", "alternates", "alternates_tied"):
        assert sorted(new[name] for name in one[key]) == other[key]
    assert {new[name]: there for name, there in one["candidates"].items()} == other["candidates"]


@given(marked, st.integers(1, 3))
def test_alternates_take_no_seat_away(estate: Estate, number: int) -> None:
    with_them, without = (election(estate, CANDIDATES, number, places) for places in (2, 0))
    assert with_them["elected"] == without["elected"]
    assert with_them["tied"] == without["tied"]
