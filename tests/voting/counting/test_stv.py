"""What a single transferable vote must not depend on, whichever way its votes are passed on."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.voting.counting import stv_meek, stv_scottish

from .elections import Election, elections, one_by_one, renamed

Count = Callable[..., Any]
either = pytest.mark.parametrize("count", [stv_meek.count, stv_scottish.count], ids=["meek", "scottish"])


@either
@given(election=elections(), shuffler=st.randoms(use_true_random=False))
def test_order_and_grouping_do_not_matter(count: Count, election: Election, shuffler: random.Random) -> None:
    options, ballots, seats = election
    together = count(ballots, options, seats=seats)
    assert count(one_by_one(ballots, shuffler), options, seats=seats) == together


@either
@given(election=elections(), names=st.permutations(["甲", "乙", "丙", "丁", "戊"]))
def test_names_do_not_matter(count: Count, election: Election, names: list[str]) -> None:
    options, ballots, seats = election
    new_name = dict(zip(options, names, strict=False))
    here = count(ballots, options, seats=seats)
    there = count(renamed(ballots, new_name), sorted(new_name.values()), seats=seats)
    assert {new_name[o] for o in here.winners} == set(there.winners)
    assert {new_name[o] for o in here.tied} == set(there.tied)


@either
@given(election=elections())
def test_seats_are_filled(count: Count, election: Election) -> None:
    options, ballots, seats = election
    got = count(ballots, options, seats=seats)
    filled = min(seats, len(options)) if got.valid else 0
    assert len(got.winners) <= filled <= len(got.winners) + len(got.tied)
    assert (len(got.winners) == filled) == (not got.tied)
    assert not set(got.winners) & set(got.tied)
