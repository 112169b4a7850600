"""Duels: who is preferred to whom, and what the methods that count them have in common."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, ranked_pairs, recount, schulze
from portal.voting.counting.pairwise import condorcet_winner, defeats, preferences
from portal.voting.counting.rankings import weak

from .elections import OPTIONS, Ballot
from .worked import any_json, duels, printed

METHODS = ["schulze", "ranked_pairs"]
COUNTS = [schulze.count, ranked_pairs.count]


@st.composite
def tiered(draw: st.DrawFn) -> tuple[list[str], list[Ballot]]:
    """Papers that rank some of the options, some of them alike."""
    options = OPTIONS[: draw(st.integers(1, 5))]
    ranks = st.dictionaries(st.sampled_from(options), st.integers(1, 4), max_size=5)
    papers = draw(st.lists(st.tuples(ranks, st.integers(0, 4)), max_size=6))
    return options, [{"tiers": _tiers(rank), "count": number} for rank, number in papers]


def _tiers(rank: dict[str, int]) -> list[list[str]]:
    return [[o for o in rank if rank[o] == place] for place in sorted(set(rank.values()))]


def test_unranked_options_share_the_last_place() -> None:
    papers = weak(duels("3 A", "2 B A", "1 AB", "4"), "ABC").papers
    pairwise = preferences(papers, "ABC")
    assert pairwise == {"A": {"B": 3, "C": 6}, "B": {"A": 2, "C": 3}, "C": {"A": 0, "B": 0}}
    assert condorcet_winner(pairwise) == "A"
    assert defeats(pairwise, "winning_votes") == {("A", "B"): 3, ("A", "C"): 6, ("B", "C"): 3}
    assert defeats(pairwise, "margins") == {("A", "B"): 1, ("A", "C"): 6, ("B", "C"): 3}


def test_a_drawn_duel_is_nobodys_defeat() -> None:
    pairwise = preferences(weak(duels("1 A B", "1 B A", "1"), "ABC").papers, "ABC")
    assert defeats(pairwise, "winning_votes") == {("A", "C"): 2, ("B", "C"): 2}
    assert condorcet_winner(pairwise) is None


def test_the_votes_of_one_duel_never_reach_the_next() -> None:
    pairwise = preferences({(("A",), ("B",)): (1 << 40) - 1, (("B",), ("A",)): 1}, "ABC")
    assert pairwise["A"] == {"B": (1 << 40) - 1, "C": 1 << 40}
    assert pairwise["B"] == {"A": 1, "C": 1 << 40}


@given(tiered())
def test_every_duel_is_that_of_the_papers(election: tuple[list[str], list[Ballot]]) -> None:
    options, ballots = election
    got = schulze.count(ballots, options).pairwise
    for a in options:
        for b in options:
            if a != b:
                assert got[a][b] == sum(p["count"] for p in ballots if _above(p, a, b))


def _above(paper: Ballot, a: str, b: str) -> bool:
    place = {option: n for n, tier in enumerate(paper["tiers"]) for option in tier}
    return place.get(a, 99) < place.get(b, 99)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("ballots", [[], [{"ranking": [], "count": 7}], [{"ranking": ["Z"]}], [{}]])
def test_nobody_is_elected_by_nobody(method: str, ballots: list[Any]) -> None:
    got = printed({"method": method, "options": ["A", "B"], "ballots": ballots})
    assert (got["winners"], got["tied"], got["condorcet_winner"]) == ([], [], None)
    assert got["pairwise"] == {"A": {"B": 0}, "B": {"A": 0}}


@pytest.mark.parametrize("count", COUNTS)
def test_papers_that_rank_all_alike_tie_all(count: Any) -> None:
    assert count(duels("2 ABC"), "ABC").tied == ["A", "B", "C"]


@pytest.mark.parametrize("count", COUNTS)
def test_an_option_alone_is_elected_by_one_paper(count: Any) -> None:
    assert count(duels("1 A"), "A").winners == ["A"]
    assert count(duels("1"), "A").winners == []


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("params", [{"strength": "votes"}, {"strength": 1}, {"strength": []}])
def test_an_unknown_strength_is_refused(method: str, params: dict[str, Any]) -> None:
    with pytest.raises(Unreadable, match=r"params\.strength"):
        recount({"method": method, "options": ["A"], "ballots": [], "params": params})


@pytest.mark.parametrize("method", METHODS)
@given(st.lists(st.fixed_dictionaries({"tiers": st.lists(any_json(), max_size=4)}), max_size=4))
def test_whatever_stands_on_a_paper_it_is_counted_once(method: str, ballots: list[Ballot]) -> None:
    got = printed({"method": method, "options": ["甲", "乙", "丙"], "ballots": ballots})
    assert got["valid"] + got["blank"] == len(ballots)


@pytest.mark.parametrize("strength", ["winning_votes", "margins"])
@pytest.mark.parametrize("count", COUNTS)
@given(tiered(), st.randoms(use_true_random=False), st.permutations(OPTIONS))
def test_what_cannot_matter(
    count: Any,
    strength: str,
    election: tuple[list[str], list[Ballot]],
    shuffler: random.Random,
    names: list[str],
) -> None:
    """Order and grouping of papers; names of options and their order."""
    options, ballots = election
    got = count(ballots, options, strength=strength)
    single = [{"tiers": b["tiers"]} for b in ballots for _ in range(b["count"])]
    shuffler.shuffle(single)
    assert count(single, options, strength=strength) == got
    new = dict(zip(OPTIONS, names, strict=True))
    renamed = [{**b, "tiers": [[new[o] for o in tier] for tier in b["tiers"]]} for b in ballots]
    again = count(renamed, sorted(new[o] for o in options), strength=strength)
    assert again.winners == [new[o] for o in got.winners]
    assert set(again.tied) == {new[o] for o in got.tied}


@pytest.mark.parametrize("strength", ["winning_votes", "margins"])
@pytest.mark.parametrize("count", COUNTS)
@given(tiered())
def test_who_wins_every_duel_is_elected(
    count: Any, strength: str, election: tuple[list[str], list[Ballot]]
) -> None:
    got = count(election[1], election[0], strength=strength)
    if got.condorcet_winner:
        assert got.winners == [got.condorcet_winner]


@pytest.mark.parametrize("count", COUNTS)
@given(tiered(), st.data())
def test_moving_a_winner_up_keeps_it(
    count: Any, election: tuple[list[str], list[Ballot]], data: st.DataObject
) -> None:
    options, ballots = election
    got = count(ballots, options, strength="margins")
    if not got.winners:
        return
    winner = got.winners[0]
    one = data.draw(st.integers(0, len(ballots) - 1))
    below = [[o for o in tier if o != winner] for tier in ballots[one]["tiers"]]
    lifted = {**ballots[one], "tiers": [[winner], *below]}
    after = count([*ballots[:one], lifted, *ballots[one + 1 :]], options, strength="margins")
    assert winner in after.winners + after.tied
