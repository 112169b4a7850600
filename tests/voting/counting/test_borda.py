"""Borda: worked cases, what unranked options get, and what a count must not depend on."""

import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.borda import Points, count

from .elections import OPTIONS, Ballot, Election, elections, one_by_one, papers, renamed
from .worked import cases, differences, duels, printed

CONDORCET_1785 = ("30 A B C", "1 A C B", "29 B A C", "10 B C A", "10 C A B", "1 C B A")


@pytest.mark.parametrize("case", cases("borda"), ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert differences(case) == {}


def test_condorcets_own_example_against_borda() -> None:
    """A beats B by 41 to 40, yet B has more points: 109 to 101."""
    got = count(papers(*CONDORCET_1785), list("ABC"))
    assert got.scores == {"A": 101, "B": 109, "C": 33}
    assert got.winners == ["B"]


def test_what_is_not_ranked_gets_nothing_or_the_mean_of_what_is_left() -> None:
    ballots = papers("2 A", "1 B C", "1")
    assert count(ballots, list("ABCD")).scores == {"A": 6, "B": 3, "C": 2, "D": 0}
    got = count(ballots, list("ABCD"), truncated="average")
    half = Fraction(1, 2)
    assert got.scores == {"A": 8, "B": 6 + half, "C": 5 + half, "D": 4}
    assert sum(got.scores.values()) == 4 * (3 + 2 + 1)
    assert (got.valid, got.blank) == (3, 1)


def test_equal_ranks_share_their_places() -> None:
    got = count(duels("1 A BC D"), list("ABCD"))
    assert got.scores == {"A": 3, "B": Fraction(3, 2), "C": Fraction(3, 2), "D": 0}


@pytest.mark.parametrize("truncated", ["zero", "average"])
def test_blank_papers_elect_nobody(truncated: str) -> None:
    case = {"method": "borda", "options": ["A", "B"], "ballots": [{"ranking": [], "count": 3}]}
    got = printed(case | {"params": {"truncated": truncated, "seats": 1}})
    assert (got["winners"], got["tied"], got["blank"]) == ([], [], 3)
    assert got["scores"] == {"zero": {"A": "0", "B": "0"}, "average": {"A": "3/2", "B": "3/2"}}[truncated]


@pytest.mark.parametrize(
    ("seats", "winners", "tied"),
    [(0, "", ""), (1, "A", ""), (2, "A", "BC"), (3, "ABC", ""), (4, "ABCD", ""), (9, "ABCD", "")],
)
def test_seats(seats: int, winners: str, tied: str) -> None:
    got = count(papers("1 A B C D", "1 A C B D"), list("ABCD"), seats=seats)
    assert (got.winners, got.tied) == (list(winners), list(tied))


@pytest.mark.parametrize(
    "case", [{"params": {"truncated": "half"}}, {"params": {"seats": -1}}, {"ballots": [{"ranking": "A"}]}]
)
def test_unreadable(case: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        recount({"method": "borda", "options": ["A"], "ballots": []} | case)


def _average(ballots: list[Ballot], options: list[str]) -> Points:
    return count(ballots, options, truncated="average")


@pytest.mark.parametrize("rule", [count, _average])
@given(elections(), st.randoms(use_true_random=False), st.permutations(OPTIONS))
def test_what_cannot_matter(rule: Any, election: Election, shuffler: random.Random, names: list[str]) -> None:
    got = rule(election.ballots, election.options)
    assert rule(one_by_one(election.ballots, shuffler), election.options) == got
    new_name = dict(zip(OPTIONS, names, strict=True))
    again = rule(renamed(election.ballots, new_name), [new_name[o] for o in election.options])
    assert again.scores == {new_name[o]: points for o, points in got.scores.items()}
    assert again.winners == [new_name[o] for o in got.winners]


@given(elections(), st.data())
def test_moving_a_winner_up_keeps_it(election: Election, data: st.DataObject) -> None:
    got = count(election.ballots, election.options)
    if not got.winners:
        return
    (winner,) = got.winners
    one = data.draw(st.integers(0, len(election.ballots) - 1))
    ranking = election.ballots[one]["ranking"]
    if winner in ranking:
        moved = {**election.ballots[one], "ranking": [winner, *(o for o in ranking if o != winner)]}
        ballots = [*election.ballots[:one], moved, *election.ballots[one + 1 :]]
        assert count(ballots, election.options).winners == [winner]
