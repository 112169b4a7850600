"""Ranked pairs: worked cases, ties among pairs whose order matters and does not, and the limit of what is followed."""

from typing import Any

import pytest

from portal.voting.counting import ranked_pairs
from portal.voting.counting.ranked_pairs import count

from .elections import papers
from .worked import cases, differences, duels


@pytest.mark.parametrize("case", cases("ranked_pairs"), ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert differences(case) == {}


def test_first_example_of_schulzes_paper() -> None:
    """D>B 19, C>B 15, A>C 14 are locked, B>A 13 closes a circle, C>D 12 is locked, D>A 11 closes a circle."""
    ballots = papers("8 A C D B", "2 B A D C", "4 C D B A", "4 D B A C", "3 D C B A")
    assert count(ballots, list("ABCD")).winners == ["A"]


def test_the_order_of_equal_pairs_that_cannot_matter() -> None:
    """A>B, A>C and B>C are equally strong and on no circle."""
    assert count(papers("2 A B C"), list("ABC")).winners == ["A"]


def test_the_order_of_equal_pairs_that_elects_either() -> None:
    """B>C 36 is locked; of A>B and C>A, both 32, only the first can be. By margins they are 18, 15 and 13."""
    ballots = papers("19 A B", "14 B C", "13 C A", "5 C", "3 B")
    assert count(ballots, list("ABC")).tied == ["A", "B"]
    assert count(ballots, list("ABC"), strength="margins").winners == ["A"]


def test_a_circle_of_equal_pairs_ties_all() -> None:
    assert count(papers("1 A B C", "1 B C A", "1 C A B"), list("ABC")).tied == ["A", "B", "C"]


def test_a_drawn_duel_is_no_defeat() -> None:
    assert count(duels("1 A B C", "1 B A C"), list("ABC")).tied == ["A", "B"]


def test_too_many_ways_to_lock_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    ballots = papers("1 A B C D", "1 B C A D", "1 C A B D")
    assert count(ballots, list("ABCD")).all_ties_followed
    monkeypatch.setattr(ranked_pairs, "LOCKINGS", 1)
    got = count(ballots, list("ABCD"))
    assert {"A", "B", "C"} <= set(got.tied)
    assert not got.all_ties_followed


def test_a_circle_of_many() -> None:
    many = [f"{n}" for n in range(25)]
    circle = [{"ranking": many[n:] + many[:n]} for n in range(25)]
    got = count(circle, many)
    assert got.tied == many
    assert got.all_ties_followed
