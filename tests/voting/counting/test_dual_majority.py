"""The owners' vote as a whole: worked cases, and what its count must not depend on."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import recount
from tests.voting.counting import owners

CASES = json.loads((Path(__file__).parents[2] / "data" / "cases" / "dual_majority.json").read_text("utf-8"))
PEOPLE = list("ABCDEFGH")
SETS = [*PEOPLE, "A+B", "C+D+E", "DEV"]
CHOICES = ["for", "against", "abstain", "invalid"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    got = recount(case)
    assert {key: got.get(key) for key in case["expected"]} == case["expected"]


def test_the_defaults_are_those_of_the_law_alone() -> None:
    """The worked cases above state other rules; without them their spoilt papers take no part."""
    case = next(c for c in CASES if c["id"] == "dual_majority-invalid-participates-not-agrees")
    got = recount({**case, "params": {"item": 3}})
    assert (got["participating_owners"], got["verdict"]) == (3, "no_quorum")


def test_no_owner_and_no_paper() -> None:
    got = recount(owners.case([], []))
    assert (got["result"], got["total"], got["shortfall_area"]) == ("no_quorum", ["0.00", 0], "0.01")
    assert recount({**owners.case([], []), "electorate": {}})["result"] == "no_quorum"


def test_what_is_missing_is_said_of_the_gate_that_decided() -> None:
    estate = owners.estate(A="100.00", B="100.00", C="100.01")
    two = recount(owners.case(estate, owners.votes(A="for", B="for")))
    assert (two["result"], two["shortfall_area"], two["shortfall_heads"]) == ("no_quorum", "0.01", 0)
    split = recount(owners.case(estate, owners.votes(A="for", B="against", C="against")))
    assert (split["result"], split["shortfall_area"], split["shortfall_heads"]) == ("rejected", "50.01", 1)
    assert split["shortfalls"]["agreement"]["least"] == ["150.01", 2]
    assert split["shortfalls"]["participation"]["area"] == "0.00"


def test_the_count_of_every_building() -> None:
    units = [
        {"unit": "101", "area": "80.00", "owner": "A", "building": "1"},
        {"unit": "102", "area": "60.00", "owner": "A", "building": "1"},
        {"unit": "201", "area": "70.00", "owner": "A", "building": "2"},
        {"unit": "202", "area": "50.00", "owner": "B", "building": "2"},
        {"unit": "203", "area": "40.00", "owner": "C", "building": "2"},
        {"unit": "shop", "area": "30.00", "owner": "D"},
    ]
    got = recount(
        owners.case(units, owners.votes(A="for", B="invalid", D="against"), invalid="participating")
    )
    nothing = ["0.00", 0]
    assert got["buildings"] == {
        "1": {
            "total": ["140.00", 1],
            "part": ["140.00", 1],
            "for": ["140.00", 1],
            "against": nothing,
            "abstain": nothing,
            "invalid": nothing,
        },
        "2": {
            "total": ["160.00", 3],
            "part": ["120.00", 2],
            "for": ["70.00", 1],
            "against": nothing,
            "abstain": nothing,
            "invalid": ["50.00", 1],
        },
    }
    assert got["total"] == ["330.00", 4]


def test_the_result_is_json_in_a_stable_order() -> None:
    case = owners.case(owners.estate(A="1.00", B="2.00"), owners.votes(A="for", T="for"))
    assert json.loads(json.dumps(recount(case))) == recount(case)
    assert list(recount(case)) == list(recount({**case, "ballots": []}))


areas = st.integers(0, 30000).map(lambda n: f"{n // 100}.{n % 100:02d}")
units = st.lists(
    st.tuples(areas, st.sampled_from(SETS), st.sampled_from(["home", "shop", "parking"])),
    min_size=1,
    max_size=10,
)
papers = st.lists(
    st.tuples(st.sampled_from([*SETS, "T"]), st.sampled_from(CHOICES), st.sampled_from(["", "Z", "A"])),
    max_size=14,
)
rules = st.fixed_dictionaries(
    {
        "invalid": st.sampled_from(["participating", "not_participating"]),
        "co_owner_conflict": st.sampled_from(["excluded", "invalid"]),
        "duplicate": st.sampled_from(["first", "last"]),
        "count_parking": st.booleans(),
        "proxy_cap": st.sampled_from([None, 0, 1, 2]),
    }
)


def build(
    lines: list[tuple[str, str, str]], given_papers: list[tuple[str, str, str]], **stated: Any
) -> dict[str, Any]:
    return owners.case(
        [
            {"unit": f"u{n}", "area": area, "owners": who, "use": use}
            for n, (area, who, use) in enumerate(lines)
        ],
        [
            {"owner": who, "choice": choice, "time": n, **({"proxy": agent} if agent else {})}
            for n, (who, choice, agent) in enumerate(given_papers)
        ],
        **stated,
    )


@given(units, papers, rules, st.integers(1, 9), st.randoms())
def test_the_order_of_the_file_does_not_matter(
    lines: Any, given_papers: Any, stated: dict[str, Any], item: int, rng: Any
) -> None:
    """Times being stated; the register of units may come in any order too."""
    case = build(lines, given_papers, item=item, **stated)
    numbers = list(range(len(case["ballots"])))
    rng.shuffle(numbers)
    turned = {
        **case,
        "ballots": [case["ballots"][n] for n in numbers],
        "electorate": {"units": case["electorate"]["units"][::-1]},
    }
    one, other = recount(case), recount(turned)
    for line in other["uncounted"]:
        line["ballot"] = numbers[line["ballot"] - 1] + 1
    for got in (one, other):
        got["conflicts"].sort()
        got["uncounted"].sort(key=lambda line: sorted(line.items(), key=str))
    assert one == other


@given(units, papers, rules, st.integers(1, 9), st.sampled_from(["1.00", "80.00", "5000.00"]))
def test_a_new_owner_who_agrees_never_undoes_a_pass(
    lines: Any, given_papers: Any, stated: dict[str, Any], item: int, area: str
) -> None:
    case = build(lines, given_papers, item=item, **stated)
    more = build([*lines, (area, "NEW", "home")], [*given_papers, ("NEW", "for", "")], item=item, **stated)
    assert recount(more)["passed"] or not recount(case)["passed"]


@given(units, papers, rules, st.integers(1, 9), st.data())
def test_the_way_a_paper_came_does_not_matter(
    lines: Any, given_papers: Any, stated: dict[str, Any], item: int, data: st.DataObject
) -> None:
    """On a screen, on paper or by an agent; second papers and those of co-owners too."""
    stated = {**stated, "proxy_cap": None}
    given_papers = [(who, choice, "") for who, choice, _agent in given_papers]
    online = build(lines, given_papers, item=item, **stated)
    ways = [
        {"channel": "online"},
        {"channel": "paper"},
        {"channel": "proxy:Z"},
        {"proxy": "Z", "authorised": True},
    ]
    mixed = [{**ballot, **data.draw(st.sampled_from(ways))} for ballot in online["ballots"]]
    assert recount({**online, "ballots": mixed}) == recount(online)


@given(units, papers, rules, st.integers(1, 9), st.permutations(PEOPLE))
def test_who_the_owners_are_does_not_matter(
    lines: Any, given_papers: Any, stated: dict[str, Any], item: int, others: list[str]
) -> None:
    """Anonymous: with all names exchanged the result is the same, and the papers left out are those of the same
    people. The agents, too, are told apart and nothing else."""
    new = dict(zip(PEOPLE, others, strict=True))

    def called(who: str) -> str:
        return "+".join(new.get(one, one) for one in who.split("+"))

    one = recount(build(lines, given_papers, item=item, **stated))
    exchanged = [(area, called(who), use) for area, who, use in lines]
    signed = [(called(who), choice, called(agent)) for who, choice, agent in given_papers]
    other = recount(build(exchanged, signed, item=item, **stated))
    for line in one["uncounted"]:
        line["owner"] = called(line["owner"])
    one["rejected_ballots"] = [called(who) for who in one["rejected_ballots"]]
    assert one == other


@given(units, papers, rules, st.integers(1, 9))
def test_for_and_against_are_weighed_alike(
    lines: Any, given_papers: Any, stated: dict[str, Any], item: int
) -> None:
    turn = {"for": "against", "against": "for"}
    one = recount(build(lines, given_papers, item=item, **stated))
    turned = [(who, turn.get(choice, choice), agent) for who, choice, agent in given_papers]
    other = recount(build(lines, turned, item=item, **stated))
    assert {turn.get(word, word): weight for word, weight in one["choices"].items()} == other["choices"]
    assert (one["part"], one["uncounted"], one["part_ok"]) == (
        other["part"],
        other["uncounted"],
        other["part_ok"],
    )
    assert other["agree"] == one["choices"]["against"]
    assert not (one["passed"] and other["passed"])


def estate_of(areas: Iterable[int], choices: Iterable[str], item: int) -> dict[str, Any]:
    """The count of owners with so many hundredths each, who say so."""
    lines = [(f"{area // 100}.{area % 100:02d}", f"o{n}", "home") for n, area in enumerate(areas)]
    given_papers = [(f"o{n}", choice, "") for n, choice in enumerate(choices)]
    return recount(build(lines, given_papers, item=item))


@given(st.integers(1, 4), st.integers(2, 10**7), st.integers(-1, 1), st.integers(1, 9))
def test_papers_of_two_thirds_to_the_hundredth(k: int, area: int, step: int, item: int) -> None:
    """Of 3k owners 2k vote, all for it; one of them has a hundredth more or less, and one who is silent the other."""
    areas = [area + step, *[area] * (3 * k - 2), area - step]
    got = estate_of(areas, ["for"] * (2 * k), item)
    assert got["result"] == ("no_quorum" if step < 0 else "passed")


@given(st.integers(1, 4), st.integers(2, 10**7), st.integers(-1, 1), st.sampled_from([6, 7, 8]))
def test_papers_of_three_quarters_to_the_hundredth(k: int, area: int, step: int, item: int) -> None:
    areas = [area + step, *[area] * (4 * k - 2), area - step]
    got = estate_of(areas, ["for"] * (3 * k) + ["against"] * k, item)
    assert got["result"] == ("rejected" if step < 0 else "passed")


@given(st.integers(1, 4), st.integers(2, 10**7), st.integers(-1, 1), st.sampled_from([1, 2, 3, 4, 5, 9]))
def test_papers_of_half_to_the_hundredth(k: int, area: int, step: int, item: int) -> None:
    """Those for it are one head more than those against, with the same area or a hundredth more or less."""
    against = [area * (k + 1)] * k
    for_it = [area * k + step, *[area * k] * k]
    got = estate_of(for_it + against, ["for"] * (k + 1) + ["against"] * k, item)
    assert got["result"] == ("passed" if step > 0 else "rejected")
    heads = estate_of([area * 2] * k + [area] * k, ["for"] * k + ["abstain"] * k, item)
    assert heads["result"] == "rejected"


@given(units, papers, rules, st.integers(1, 9))
def test_what_is_counted_adds_up(lines: Any, given_papers: Any, stated: dict[str, Any], item: int) -> None:
    got = recount(build(lines, given_papers, item=item, **stated))
    said = got["choices"].values()
    hundredths = [int(area.replace(".", "")) for area, _ in said]
    assert sum(hundredths) == int(got["part"][0].replace(".", ""))
    assert sum(heads for _, heads in said) == got["participating_owners"] <= got["total_owners"]
    assert got["passed"] == (got["part_ok"] and got["agree_ok"])
    of_paper = {line["ballot"] for line in got["uncounted"]}
    assert got["participating_owners"] <= 3 * (len(given_papers) - len(of_paper)) + len(got["conflicts"])


def test_fifty_thousand_units_in_about_a_second() -> None:
    """Bound loosely: a machine may be busy; quadratic work would take minutes."""
    units = [{"unit": f"u{n}", "area": "88.53", "owner": f"o{n}"} for n in range(50_000)]
    ballots = [{"owner": f"o{n}", "choice": "for", "time": n} for n in range(50_000)]
    began = time.perf_counter()
    got = recount(owners.case(units, ballots, item=6))
    assert time.perf_counter() - began < 15
    assert (got["result"], got["total_area"]) == ("passed", "4426500")
