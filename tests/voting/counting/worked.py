"""The worked cases of a method, and a result as a recount would print it."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from portal.voting.counting import recount

from .elections import Ballot

CASES = Path(__file__).parents[2] / "data" / "cases"
NOTES = {"acceptable_winners"}


def cases(method: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((CASES / f"{method}.json").read_text(encoding="utf-8"))
    return found


def printed(case: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(recount(case)))
    return said


def differences(case: dict[str, Any]) -> dict[str, Any]:
    """What the count says otherwise than expected, by key."""
    said = printed(case)
    return {
        key: (said.get(key, "not said"), value)
        for key, value in case["expected"].items()
        if key not in NOTES and said.get(key, "not said") != value
    }


def any_json() -> st.SearchStrategy[Any]:
    """What a file may hold where a mark is expected."""
    leaves = (
        st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.sampled_from(["甲", "乙", "丙", ""])
    )
    names = st.sampled_from("甲乙x")
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=3),
        max_leaves=8,
    )


def duels(*lines: str) -> list[Ballot]:
    """`"4 A BC"` is four papers that rank A before B and C, which are alike."""
    split = [line.split() for line in lines]
    return [{"tiers": [list(tier) for tier in tiers], "count": int(number)} for number, *tiers in split]
