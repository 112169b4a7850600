"""Schulze: worked cases and the examples of the literature."""

from typing import Any

import pytest
from hypothesis import given

from portal.voting.counting.schulze import count

from .elections import OPTIONS, Election, elections, papers
from .worked import cases, differences


@pytest.mark.parametrize("case", cases("schulze"), ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert differences(case) == {}


def test_first_example_of_schulzes_paper() -> None:
    """D's strongest paths: to A 13 (back 12), to B 19 (back 12), to C 13 (back 12)."""
    ballots = papers("8 A C D B", "2 B A D C", "4 C D B A", "4 D B A C", "3 D C B A")
    got = count(ballots, list("ABCD"))
    assert got.pairwise["D"] == {"A": 11, "B": 19, "C": 9}
    assert got.condorcet_winner is None
    assert got.winners == ["D"]
    assert count(ballots, list("ABCD"), strength="margins").winners == ["D"]


def test_who_wins_every_duel_beats_who_has_more_points() -> None:
    ballots = papers("30 A B C", "1 A C B", "29 B A C", "10 B C A", "10 C A B", "1 C B A")
    got = count(ballots, list("ABC"))
    assert (got.condorcet_winner, got.winners) == ("A", ["A"])


def test_a_circle_of_equal_defeats_ties_all() -> None:
    assert count(papers("1 A B C", "1 B C A", "1 C A B"), list("ABC")).tied == ["A", "B", "C"]


@given(elections())
def test_who_wins_loses_if_everybody_means_the_opposite(election: Election) -> None:
    """Reversal symmetry, for papers that rank everybody."""
    full = [
        {**b, "ranking": b["ranking"] + [o for o in election.options if o not in b["ranking"]]}
        for b in election.ballots
    ]
    opposite = [{**b, "ranking": b["ranking"][::-1]} for b in full]
    winners = count(full, election.options).winners
    if winners and len(election.options) > 1:
        assert count(opposite, election.options).winners != winners


def test_as_many_options_as_one_likes() -> None:
    many = [f"{n}" for n in range(60)]
    circle = [{"ranking": many[n:] + many[:n]} for n in range(60)]
    assert count(circle, many).tied == many
    assert count([], OPTIONS).tied == []
