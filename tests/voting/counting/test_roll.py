"""From units to voters: who is one head, what is counted, and what blocks a roll."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.roll import Blocked, Roll, Unit, drawn_up
from portal.voting.counting.weight import Weight
from tests.voting.counting import owners


def units(*rows: tuple[str, int | None, str, str, str]) -> list[Unit]:
    """(id, area in 0.01 m², owners joined by +, use, state)."""
    return [
        Unit(name, area, frozenset(filter(None, who.split("+"))), use=use, state=state)
        for name, area, who, use, state in rows
    ]


def on_roll(*rows: tuple[str, int | None, str, str, str], **rules: Any) -> Roll:
    drawn = drawn_up(units(*rows), **rules)
    assert isinstance(drawn, Roll)
    return drawn


def blocked(*rows: tuple[str, int | None, str, str, str], **rules: Any) -> Blocked:
    drawn = drawn_up(units(*rows), **rules)
    assert isinstance(drawn, Blocked)
    return drawn


def test_the_same_owners_are_one_head_and_their_areas_add() -> None:
    roll = on_roll(
        ("u1", 100, "H+W", "home", "delivered"),
        ("u2", 50, "W+H", "home", "delivered"),
        ("u3", 30, "H", "home", "delivered"),
        ("u4", 20, "H+X", "home", "delivered"),
    )
    assert [(v.units, v.area) for v in roll.voters] == [(("u1", "u2"), 150), (("u3",), 30), (("u4",), 20)]
    assert roll.total == Weight(200, 3)


def test_a_paper_finds_its_voter() -> None:
    roll = on_roll(
        ("u1", 100, "H+W", "home", "delivered"),
        ("u2", 30, "H", "home", "delivered"),
        ("u3", 20, "W+X", "home", "delivered"),
    )
    assert roll.find("H") == (1,)  # who owns alone speaks for that part, not for the joint one
    assert roll.find("W+H") == (0,)
    assert roll.find("W") == (0, 2)  # nowhere alone: every joint part
    assert roll.find("u1") == (0,)
    assert roll.find("T") == ()
    assert roll.find("H+X") == ()


def test_the_developer_is_one_head() -> None:
    roll = on_roll(
        ("u1", 10, "DEV", "home", "unsold"),
        ("u2", 20, "X", "home", "undelivered"),
        ("u3", 30, "DEV", "shop", "delivered"),
        ("u4", 40, "X", "home", "delivered"),
    )
    assert [(v.units, v.area) for v in roll.voters] == [(("u1", "u2", "u3"), 60), (("u4",), 40)]


def test_what_is_sold_but_not_handed_over_is_the_developers_even_if_nobody_names_him() -> None:
    roll = on_roll(("u1", 10, "X", "home", "undelivered"), ("u2", 20, "Y", "home", "undelivered"))
    assert roll.total == Weight(30, 1)
    assert (roll.find("X"), roll.find("developer")) == ((), (0,))
    named = on_roll(("u1", 10, "X", "home", "undelivered"), developer="DEV")
    assert named.find("DEV") == (0,)
    jointly = on_roll(("u1", 10, "X", "home", "undelivered"), developer="D1+D2")
    assert jointly.find("D2+D1") == jointly.find("D1") == (0,)


def test_the_developer_is_known_from_any_unit_of_the_estate() -> None:
    register = [
        Unit("u1", 10, frozenset({"X"}), state="undelivered", building="1"),
        Unit("u2", 20, frozenset({"DEV"}), building="1"),
        Unit("p1", 5, frozenset({"DEV"}), use="parking", state="unsold", building="2"),
    ]
    part = drawn_up(register, buildings={"1"})
    assert isinstance(part, Roll)
    assert part.total == Weight(30, 1)
    assert part.find("DEV") == (0,)


def test_two_developers_are_two_heads_and_an_undelivered_unit_needs_one_of_them() -> None:
    two = (("u1", 10, "D1", "home", "unsold"), ("u2", 20, "D2", "home", "unsold"))
    assert on_roll(*two).total == Weight(30, 2)
    undelivered = ("u3", 30, "X", "home", "undelivered")
    assert blocked(*two, undelivered) == Blocked("ROLL_DEVELOPER_UNKNOWN", ["u3"])
    assert on_roll(*two, undelivered, developer="D1").total == Weight(60, 1)


def test_an_owner_nobody_knows_is_a_head_that_cannot_answer() -> None:
    roll = on_roll(("u1", 10, "", "home", "delivered"), ("u2", 20, "", "home", "delivered"))
    assert roll.total == Weight(30, 2)
    assert roll.find("") == ()


def test_parking_is_counted_only_if_the_assembly_says_so() -> None:
    rows = (
        ("u1", 100, "A", "home", "delivered"),
        ("p1", 12, "A", "parking", "delivered"),
        ("p2", 13, "P", "parking", "delivered"),
        ("s1", 50, "S", "shop", "delivered"),
    )
    without = on_roll(*rows)
    assert without.total == Weight(150, 2)
    assert without.uses == {"home": Weight(100, 1), "shop": Weight(50, 1)}
    assert without.left_out == {"parking": Weight(25, 2)}
    assert without.find("P") == ()
    counted = on_roll(*rows, count_parking=True)
    assert counted.total == Weight(175, 3)
    assert counted.left_out == {}


def test_a_unit_without_area_blocks_the_roll_unless_it_is_not_counted() -> None:
    home, parking = ("u1", None, "A", "home", "delivered"), ("p1", None, "A", "parking", "delivered")
    assert blocked(home, parking) == Blocked("ROLL_AREA_MISSING", ["u1"])
    assert blocked(home, parking, count_parking=True) == Blocked("ROLL_AREA_MISSING", ["u1", "p1"])
    assert on_roll(parking).total == Weight(0, 0)


def test_a_part_of_the_estate() -> None:
    three = [Unit(f"u{n}", 10 * n, frozenset({f"O{n}"}), building=f"B{n}") for n in (1, 2, 3)]
    part = drawn_up(three, buildings={"B1"}, affected={"u3"})
    assert isinstance(part, Roll)
    assert part.total == Weight(40, 2)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**6), st.sampled_from(["A", "B", "A+B", "DEV", "C+A"]), st.sampled_from(range(5))
        ),
        max_size=12,
    ),
    st.randoms(),
)
def test_the_order_of_units_does_not_matter(lines: list[tuple[int, str, int]], rng: Any) -> None:
    states = ["delivered", "delivered", "delivered", "unsold", "undelivered"]
    given_units = [
        Unit(f"u{n}", area, frozenset({"DEV"} if states[s] == "unsold" else who.split("+")), state=states[s])
        for n, (area, who, s) in enumerate(lines)
    ]
    shuffled = rng.sample(given_units, len(given_units))
    one, other = drawn_up(given_units), drawn_up(shuffled)
    assert isinstance(one, Roll)
    assert isinstance(other, Roll)
    assert one.total == other.total
    assert sorted((sorted(v.units), v.area) for v in one.voters) == sorted(
        (sorted(v.units), v.area) for v in other.voters
    )
    assert one.total.area == sum(u.area or 0 for u in given_units)


# ---- as a file states it -----------------------------------------------------------------------


def test_a_set_named_once_is_that_set_on_every_line() -> None:
    stated: list[dict[str, Any]] = [
        {"unit": "u1", "area": "10", "owner": "j1", "members": ["a", "b"]},
        {"unit": "u2", "area": "20", "owner": "j1"},
        {"unit": "u3", "area": "30", "owner": "j2", "members": ["b", "a"]},
        {"unit": "u4", "area": "40", "owners": "a+b"},
        {"unit": "u5", "area": "50", "owners": ["a"]},
    ]
    got = recount(owners.case(stated, []))
    assert got["total"] == ["150.00", 2]


@pytest.mark.parametrize("missing", [{}, {"area": None}, {"area": ""}])
def test_a_blocked_roll_has_no_result(missing: dict[str, Any]) -> None:
    stated = [*owners.estate(A="100.00"), {"unit": "u2", "owner": "B", **missing}]
    got = recount(owners.case(stated, owners.votes(A="for"), item=7))
    assert (got["result"], got["passed"], got["kind"]) == ("blocked", False, "special")
    assert (got["reason"], got["units"]) == ("ROLL_AREA_MISSING", ["u2"])
    assert "total" not in got


@pytest.mark.parametrize(
    "area",
    [
        "88.531",
        "-1",
        "1,000",
        "1e3",
        " 5",
        "5.",
        ".5",
        "１２",
        "NaN",
        "9" * 13,
        88.53,
        88,
        True,
        ["1"],
        {},
        "88.53㎡",
    ],
)
def test_an_area_is_a_text_with_at_most_two_decimals(area: Any) -> None:
    with pytest.raises(Unreadable, match=r"electorate.units 2: area") as refused:
        recount(owners.case([*owners.estate(A="1"), {"unit": "u2", "owner": "B", "area": area}], []))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("units", "fault"),
    [
        ("u1", "a list"),
        ([5], "an object"),
        ([{"area": "1", "owner": "A"}], "unit has no name"),
        ([{"unit": ["u"], "area": "1", "owner": "A"}], "no name"),
        ([{"unit": "u", "area": "1", "owner": {"a": 1}}], "no name"),
        ([{"unit": "u", "area": "1", "owners": [["A"]]}], "no name"),
        ([{"unit": "u", "area": "1", "owner": 1.5}], "no name"),
        ([{"unit": "u", "area": "1", "owner": "A", "state": "Unsold"}], "state"),
        ([{"unit": "u", "area": "1", "owner": "A"}, {"unit": "u", "area": "1", "owner": "B"}], "twice"),
        (
            [
                {"unit": "u", "area": "1", "owner": "j", "members": ["a", "b"]},
                {"unit": "v", "area": "1", "owner": "j", "members": ["a", "c"]},
            ],
            "different owners",
        ),
    ],
)
def test_a_roll_that_cannot_be_read(units: Any, fault: str) -> None:
    with pytest.raises(Unreadable, match=fault):
        recount({**owners.case([], []), "electorate": {"units": units}})
