"""Pure rules of awards."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.awards import rules
from portal.awards.rules import Standing
from portal.awards.words import Days, Ties, Vacancy
from portal.core import clock


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("王 秀兰", "12号楼"), ("王秀兰", "12 号楼"), True),
        (("ＡＢ舞队", ""), ("ab舞队", ""), True),
        (("王秀兰", "12号楼"), ("王秀兰", "3号楼"), False),
        (("王秀兰", "12号楼"), ("王芳", "12号楼"), False),
    ],
)
def test_who_is_one_and_the_same(first: tuple[str, str], second: tuple[str, str], same: bool) -> None:
    assert rules.one_and_the_same(*first, *second) is same


def test_namesakes_are_told_apart_on_the_paper() -> None:
    named = [("王芳", "1号楼"), ("赵强", "2号楼"), ("王芳", "3号楼")]
    assert rules.titles(named) == ["王芳（1号楼）", "赵强", "王芳（3号楼）"]


def test_a_long_reason_is_cut_to_the_paper() -> None:
    assert rules.note(" 一\n句 ") == "一 句"
    assert len(rules.note("长" * 300)) == rules.LONGEST_NOTE


@given(
    st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=12), st.text(max_size=20), st.randoms()
)
def test_the_order_follows_the_number_alone(names: list[str], seed: str, chance: Any) -> None:
    mixed = list(names)
    chance.shuffle(mixed)
    assert [names[n] for n in rules.order(seed, names)] == [mixed[n] for n in rules.order(seed, mixed)]


def tally(winners: list[str], tied: list[str], **votes: int) -> dict[str, Any]:
    return {"winners": winners, "tied": tied, "tally": votes}


def test_places_by_votes() -> None:
    placed = rules.ranking(tally(["a", "b"], [], a=9, b=7, c=7 - 1, d=0), [], Ties.LOT)
    assert [(p.title, p.rank, p.honoured) for p in placed] == [
        ("a", 1, True),
        ("b", 2, True),
        ("c", 3, False),
        ("d", 4, False),
    ]


def test_who_is_level_has_one_rank_and_the_lot_chooses() -> None:
    counted = tally(["a"], ["b", "c"], a=9, b=7, c=7, d=1)
    lot = rules.ranking(counted, ["c"], Ties.LOT)
    assert [(p.title, p.rank, p.honoured) for p in lot] == [
        ("a", 1, True),
        ("b", 2, False),
        ("c", 2, True),
        ("d", 4, False),
    ]
    both = rules.ranking(counted, [], Ties.ALL)
    assert [p.title for p in both if p.honoured] == ["a", "b", "c"]


def test_nobody_is_honoured_without_a_vote() -> None:
    placed = rules.ranking(tally(["a", "b"], [], a=3, b=0), [], Ties.LOT)
    assert [p.honoured for p in placed] == [True, False]


def standing(id: int, votes: int, honoured: bool = False, removed: bool = False) -> Standing:
    return Standing(id, f"n{id}", votes, honoured, removed)


def test_the_next_follows() -> None:
    people = [standing(1, 9, removed=True), standing(2, 8, honoured=True), standing(3, 5), standing(4, 2)]
    assert rules.followers(people, 2, Ties.LOT, Vacancy.NEXT, "07") == [3]


def test_nobody_follows_where_the_place_was_to_stay_empty() -> None:
    people = [standing(1, 9, removed=True), standing(2, 8, honoured=True), standing(3, 5)]
    assert rules.followers(people, 2, Ties.ALL, Vacancy.EMPTY, "07") == []


def test_of_those_who_are_level_all_follow_or_the_first_by_the_number() -> None:
    people = [standing(1, 9, removed=True), standing(2, 5), standing(3, 5)]
    assert rules.followers(people, 1, Ties.ALL, Vacancy.NEXT, "07") == [2, 3]
    chosen = rules.followers(people, 1, Ties.LOT, Vacancy.NEXT, "07")
    assert len(chosen) == 1
    assert rules.followers(list(reversed(people)), 1, Ties.LOT, Vacancy.NEXT, "07") == chosen


def test_nobody_follows_without_a_vote_nor_who_was_struck_out() -> None:
    people = [standing(1, 9, removed=True), standing(2, 5, removed=True), standing(3, 0)]
    assert rules.followers(people, 1, Ties.LOT, Vacancy.NEXT, "07") == []


def test_nobody_follows_where_enough_are_honoured() -> None:
    """Two were level at the last place and both honoured; one of them is struck out."""
    people = [standing(1, 9, removed=True), standing(2, 9, honoured=True), standing(3, 5)]
    assert rules.followers(people, 1, Ties.ALL, Vacancy.NEXT, "07") == []


def at(text: str) -> datetime:
    return clock.parse(text)


@pytest.mark.parametrize(
    ("days", "kind", "end"),
    [
        (5, Days.WORKING, "2026-06-25T00:00+08:00"),
        (7, Days.CALENDAR, "2026-06-24T00:00+08:00"),
    ],
)
def test_a_posting_hangs_for_full_days(days: int, kind: Days, end: str) -> None:
    """From a Tuesday; the Friday is the Dragon Boat Festival."""
    assert rules.posted_until(at("2026-06-16T09:20+08:00"), days, kind) == at(end)


def test_how_short_a_posting_may_be() -> None:
    assert rules.too_short(4, Days.WORKING)
    assert not rules.too_short(5, Days.WORKING)
    assert rules.too_short(6, Days.CALENDAR)
    assert not rules.too_short(7, Days.CALENDAR)


@given(st.integers(0, 2**60 - 1))
def test_codes_are_read_as_they_are_written(number: int) -> None:
    written = rules.code(number)
    assert rules.read_code(f" {rules.spaced(written).lower()} ") == written


@pytest.mark.parametrize("typed", ["", "ABC", "7K3M92QD4F0U", "7K3M-92QD-4F0A-1"])
def test_what_is_no_code(typed: str) -> None:
    assert rules.read_code(typed) is None


def test_letters_that_look_like_figures() -> None:
    assert rules.read_code("OIL0-0000-000o") == "011000000000"
