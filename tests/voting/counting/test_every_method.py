"""What no method of the council may depend on: the order of papers, whose they are, what the options are called.

Whatever a poll can be counted by is asked here, so that a new method cannot be forgotten.
"""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.voting.counting import recount
from portal.voting.words import Method

from .questions import questions

NAMES = list("甲乙丙丁戊")
CHOOSING = [method for method in Method if method is not Method.RESOLUTION]
"""A motion has no options to call otherwise: for and against are not alike."""
some = settings(max_examples=40, deadline=None)
"""Equal shares of a large sum, filled up yuan by yuan, take their time."""


@pytest.mark.parametrize("method", Method)
@some
@given(st.data(), st.randoms(use_true_random=False))
def test_neither_order_nor_grouping(method: Method, data: st.DataObject, shuffler: random.Random) -> None:
    case = data.draw(questions(method.value))
    kinds = [{**paper, "count": data.draw(st.integers(0, 3))} for paper in case["ballots"]]
    single = [paper for kind in kinds for paper in [_without_count(kind)] * kind["count"]]
    shuffler.shuffle(single)
    assert recount({**case, "ballots": single}) == recount({**case, "ballots": kinds})


@pytest.mark.parametrize("method", Method)
@some
@given(st.data())
def test_not_whose_paper_it_is_and_how_it_came(method: Method, data: st.DataObject) -> None:
    case = data.draw(questions(method.value))
    ways = st.fixed_dictionaries(
        {
            "voter": st.sampled_from(NAMES),
            "channel": st.sampled_from(["online", "staff"]),
            "time": st.integers(),
        }
    )
    signed = [{**paper, **data.draw(ways)} for paper in case["ballots"]]
    assert recount({**case, "ballots": signed}) == recount(case)


@pytest.mark.parametrize("method", CHOOSING)
@some
@given(st.data(), st.permutations(NAMES), st.randoms(use_true_random=False))
def test_not_what_an_option_is_called_nor_where_it_stands(
    method: Method, data: st.DataObject, names: list[str], shuffler: random.Random
) -> None:
    case = data.draw(questions(method.value))
    new = dict(zip(NAMES, names, strict=True))
    turned = _renamed({k: v for k, v in case.items() if k != "method"}, new) | {"method": method.value}
    shuffler.shuffle(turned["options"])
    one, other = recount(case), recount(turned)
    for key in ("winners", "tied"):
        assert sorted(_renamed(one[key], new)) == sorted(other[key])
    for key in ("valid", "blank", "invalid"):
        assert one.get(key) == other.get(key)


def _without_count(paper: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in paper.items() if key != "count"}


def _renamed(value: Any, new: dict[str, str]) -> Any:
    """Options by their new names, wherever they stand."""
    if isinstance(value, dict):
        return {new.get(key, key): _renamed(inner, new) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, new) for inner in value]
    return new.get(value, value) if isinstance(value, str) else value
