"""When a result is the expected one."""

from typing import Any

import pytest

from portal.voting.counting import Unreadable
from portal.voting.counting.expected import differences


@pytest.mark.parametrize(
    ("method", "result", "expected", "unlike"),
    [
        ("plurality", {"winners": ["A"], "valid": 2}, {"winners": ["A"], "valid": 2}, []),
        ("plurality", {"winners": ["A"], "valid": 2}, {"winners": ["B"], "valid": 3}, ["winners", "valid"]),
        ("plurality", {"winners": ["A"]}, {"tie_note": "?", "acceptable_winners": [["B"]]}, []),
        ("plurality", {"winners": ["A"]}, None, []),
        ("plurality", {"winners": ["A", "B"]}, {"winners": ["B", "A"]}, []),
        ("plurality", {"winners": ["A", "B"]}, {"winners": ["B"]}, ["winners"]),
        ("plurality", {"winners": ["A"]}, {"winners": "A"}, ["winners"]),
        ("stv_scottish", {"winners": ["A", "B"]}, {"winners": ["B", "A"]}, ["winners"]),
        ("pb_mes", {"spent": "100"}, {"spent": "100.00"}, []),
        ("pb_mes", {"spent": "100"}, {"spent": 100}, []),
        ("pb_mes", {"spent": "12.5"}, {"spent": "25/2"}, []),
        ("pb_mes", {"spent": "100"}, {"spent": "100.001"}, ["spent"]),
        ("plurality", {"tally": {"A": 1}}, {"tally": {"A": 1, "B": 0}}, ["tally"]),
        ("plurality", {"quota": "1.0000"}, {"quota": "1.0001"}, ["quota"]),
        ("stv_meek", {"quota": "1.0000"}, {"quota": "1.0009"}, []),
        ("stv_meek", {"quota": "1.0000"}, {"quota": 1.0011}, ["quota"]),
        ("stv_meek", {"votes": {"A": "2", "B": "1.5"}}, {"votes": {"B": 1.4999, "A": 2}}, []),
        ("stv_meek", {"votes": [{"A": "2"}]}, {"votes": [{"A": "2"}, {}]}, ["votes"]),
        ("stv_meek", {"votes": {"A": "2"}}, {"votes": {"A": "many"}}, ["votes"]),
        ("stv_meek", {"winners": ["A", "B"]}, {"winners": ["A", "B"]}, []),
    ],
)
def test_differences(method: str, result: dict[str, Any], expected: Any, unlike: list[str]) -> None:
    assert differences(method, result, expected) == unlike


@pytest.mark.parametrize("expected", [[], "winners", 7, True])
def test_what_is_expected_must_be_an_object(expected: Any) -> None:
    with pytest.raises(Unreadable):
        differences("plurality", {"winners": ["A"]}, expected)
