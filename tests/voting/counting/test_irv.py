"""Instant run-off: worked cases, ties that matter and ties that do not, and what a count must not depend on."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.irv import Round, Runoff, count

from .elections import OPTIONS, Ballot, Election, elections, one_by_one, papers, renamed
from .worked import cases, differences


def elect(options: str, *lines: str) -> Runoff:
    return count(papers(*lines), list(options))


@pytest.mark.parametrize("case", cases("irv"), ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    assert differences(case) == {}


def test_more_support_may_defeat() -> None:
    """The known example of Straffin (1980): two voters who move A up make A lose."""
    before = elect("ABC", "6 A B C", "5 C A B", "4 B C A", "2 B A C")
    after = elect("ABC", "8 A B C", "5 C A B", "4 B C A")
    assert (before.winners, after.winners) == (["A"], ["C"])
    assert [r.eliminated for r in after.rounds] == [["B"], []]


def test_nobodys_first_leaves_before_round_one() -> None:
    got = elect("ABCD", "4 A D", "3 B D", "2 C D B")
    assert got.without_first_preference == ["D"]
    assert got.rounds == [
        Round({"A": 4, "B": 3, "C": 2}, 0, ["C"]),
        Round({"A": 4, "B": 5}, 0, []),
    ]


def test_exhausted_papers_are_no_part_of_the_majority() -> None:
    got = elect("ABC", "5 A", "4 B", "3 C", "6")
    assert got.rounds == [Round({"A": 5, "B": 4, "C": 3}, 6, ["C"]), Round({"A": 5, "B": 4}, 9, [])]
    assert (got.winners, got.valid, got.blank) == (["A"], 12, 6)


def test_half_of_the_continuing_papers_is_no_majority() -> None:
    got = elect("ABC", "2 A", "1 B A", "1 C")
    assert got.rounds[0].eliminated == ["B"]
    assert got.winners == ["A"]


def test_an_over_vote_ends_the_paper_where_the_count_comes_to_it() -> None:
    ballots: list[dict[str, Any]] = [
        {"ranking": ["C", ["A", "B"], "B"], "count": 2},
        {"ranking": ["A"], "count": 4},
        {"ranking": ["B"], "count": 3},
    ]
    got = count(ballots, list("ABC"))
    assert got.rounds[1] == Round({"A": 4, "B": 3}, 2, [])


def test_the_rounds_end_with_the_tie_that_decides() -> None:
    got = elect("ABCD", "5 A", "5 B", "1 C", "1 D")
    assert got.tied == ["A", "B"]
    assert [(tie.options, tie.votes) for tie in got.elimination_ties] == [(["C", "D"], 1), (["A", "B"], 5)]
    assert got.rounds[-1] == Round({"A": 5, "B": 5}, 2, [])


def test_who_leaves_in_a_tie_may_elect_someone_who_was_not_in_it() -> None:
    """If B leaves, A has 7 against 4; if C leaves, B has 8 against 7."""
    got = elect("ABC", "7 A", "4 B", "4 C B")
    assert got.tied == ["A", "B"]
    assert got.rounds == [Round({"A": 7, "B": 4, "C": 4}, 0, [])]


def test_a_tie_of_three_in_which_each_may_win() -> None:
    got = elect("ABC", "1 A B C", "1 B C A", "1 C A B")
    assert (got.winners, got.tied) == ([], ["A", "B", "C"])


def test_few_papers_together_leave_in_any_order() -> None:
    got = elect("ABCDE", "9 A", "8 B", "1 C B", "1 D A", "1 E A")
    assert got.winners == ["A"]
    assert [r.eliminated for r in got.rounds] == [["C"], ["D"], ["E"], []]
    assert [tie.options for tie in got.elimination_ties] == [["C", "D", "E"], ["D", "E"]]


def test_too_many_ways_out_of_ties_are_not_hidden() -> None:
    options = [str(n) for n in range(30)]
    circle = [{"ranking": options[n:] + options[:n]} for n in range(30)]
    got = count(circle, options)
    assert got.tied == options
    assert not got.all_ties_followed


def test_as_many_options_as_one_likes() -> None:
    options = [str(n) for n in range(1500)]
    lonely = [{"ranking": [o], "count": 1 << n} for n, o in enumerate(options)]
    assert count(lonely, options).winners == ["1499"]


@pytest.mark.parametrize("params", [{"stop": "two"}, {"stop": 1}])
def test_an_unknown_end_is_refused(params: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match=r"params\.stop"):
        recount({"method": "irv", "options": ["A"], "ballots": [], "params": params})


def by_definition(ballots: list[Ballot], continuing: frozenset[str]) -> set[str]:
    """Whoever is elected in any way on, every one of the fewest leaving in turn."""
    tally = dict.fromkeys(continuing, 0)
    for ballot in ballots:
        first = next((option for option in ballot["ranking"] if option in continuing), None)
        if first:
            tally[first] += ballot["count"]
    elected = {option for option, votes in tally.items() if 2 * votes > sum(tally.values())}
    if elected or not tally:
        return elected
    lowest = [option for option, votes in tally.items() if votes == min(tally.values())]
    return set().union(*(by_definition(ballots, continuing - {option}) for option in lowest))


@given(elections(), st.integers(1, 4))
def test_ties_lead_where_the_definition_does(election: Election, turn: int) -> None:
    """As they are, and with every paper turned round the options, so that there are ties everywhere."""
    options = election.options
    turned = [
        {**ballot, "ranking": [options[(options.index(o) + by) % len(options)] for o in ballot["ranking"]]}
        for ballot in election.ballots
        for by in range(0, len(options), turn)
    ]
    for ballots in (election.ballots, turned):
        got = count(ballots, options)
        first = {b["ranking"][0] for b in ballots if b["ranking"] and b["count"]}
        assert {*got.winners, *got.tied} == by_definition(ballots, frozenset(first))


@given(elections(), st.randoms(use_true_random=False))
def test_grouping_and_order_cannot_matter(election: Election, shuffler: random.Random) -> None:
    again = one_by_one(election.ballots, shuffler)
    assert count(again, election.options) == count(election.ballots, election.options)


@given(elections(), st.permutations(OPTIONS))
def test_names_and_their_order_cannot_matter(election: Election, names: list[str]) -> None:
    new_name = dict(zip(OPTIONS, names, strict=True))
    got = count(election.ballots, election.options)
    again = count(renamed(election.ballots, new_name), sorted(new_name[o] for o in election.options))
    assert set(again.winners) == {new_name[o] for o in got.winners}
    assert set(again.tied) == {new_name[o] for o in got.tied}
    assert again.all_ties_followed


@given(elections())
def test_every_round_has_every_paper(election: Election) -> None:
    got = count(election.ballots, election.options)
    everybody = sum(b["count"] for b in election.ballots)
    assert got.valid + got.blank == everybody
    for r in got.rounds:
        assert sum(r.tally.values()) + r.exhausted == everybody
    if got.winners:
        last = got.rounds[-1].tally
        assert 2 * last[got.winners[0]] > sum(last.values())
    assert bool(got.winners) != bool(got.tied) or not got.valid
