"""Whatever a file says, the count gives a result or one line of why not; never a traceback."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.voting.counting import Unreadable, recount
from portal.voting.counting.main import CANNOT_BE_READ, recount_files
from portal.voting.counting.methods import METHODS

CASES = Path(__file__).parents[2] / "data" / "cases"
WORKED = [
    case for path in sorted(CASES.glob("*.json")) for case in json.loads(path.read_text(encoding="utf-8"))
]
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 3, 10**17, 0.5, -2.5, 1e300, "", "A", "1", "-1", "1e9", "NaN", "\ud800", "x" * 50,
    [], {}, [[]], [None], [{}], ["A", "A"], [1, "A"], {"A": 1}, {"A": []}, {"num": 0, "den": 0}, [["A"], "B"],
]  # fmt: skip
anything = st.recursive(
    st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a case where something else could stand."""
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += places(inner, (*path, key))
    return found


def with_other(case: Any, path: tuple[Any, ...], other: Any) -> Any:
    copy = json.loads(json.dumps(case))
    inside = copy
    for key in path[:-1]:
        inside = inside[key]
    inside[path[-1]] = other
    return copy


def answer(case: Any) -> str:
    try:
        return json.dumps(recount(case))
    except Unreadable as refused:
        return str(refused).strip()


def told(text: str) -> tuple[int, list[str], list[str]]:
    said: list[str] = []
    complained: list[str] = []
    raw = io.BytesIO(text.encode("utf-8", "surrogatepass"))
    return recount_files(["-"], raw, said.append, complained.append), said, complained


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_case_with_something_odd_in_it(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(WORKED))
    for _ in range(data.draw(st.integers(1, 2))):
        case = with_other(case, data.draw(st.sampled_from(places(case))), data.draw(anything))
        if not places(case):
            break
    assert answer(case)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(METHODS)), st.fixed_dictionaries({}, optional={
    "options": anything, "ballots": anything, "params": anything, "costs": anything, "budget": anything,
    "electorate": anything, "format": anything, "expected": anything,
}))  # fmt: skip
def test_anything_at_all(method: str, parts: dict[str, Any]) -> None:
    assert answer({"method": method, **parts})


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(WORKED), st.data())
def test_a_torn_file(case: dict[str, Any], data: st.DataObject) -> None:
    text = json.dumps(case)
    cut = data.draw(st.integers(0, len(text) - 1))
    code, _, complained = told(text[:cut] + data.draw(st.text('a1,:{[" ', max_size=3)))
    assert code == CANNOT_BE_READ
    assert len(complained) == 1
    assert len(complained[0].splitlines()) == 1


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60))
def test_no_text_at_all(raw: bytes) -> None:
    complained: list[str] = []
    assert recount_files(["-"], io.BytesIO(raw), print, complained.append) == CANNOT_BE_READ
    assert len(complained) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"method": "plurality", "options": ["A"], "ballots": [' + "[" * 100_000,
        '{"method": "plurality", "options": ["A"], "ballots": [{"choice": NaN}]}',
        '{"method": "plurality", "options": ["A"], "ballots": [{"choice": "A", "count": 1e999}]}',
        '{"method": "plurality", "options": ["A"], "ballots": [{"count": ' + "9" * 10_000 + "}]}",
        '{"method": "plurality", "options": ["A"], "ballots": [{"count": -' + "9" * 30 + "}]}",
        '{"method": "plurality", "method": "approval", "options": ["A"], "ballots": []}',
        '{"method": "plurality", "options": ["A"], "ballots": []} {}',
        '{"method": "plurality", "options": ["A"], "ballots": [{}',
        '{"method": "plurality", "options": ["A"], "ballots": [{},]}',
        '{"method": "plurality", "options": ["A"], "ballots": [{} {}]}',
        '{"method": "plurality", "options": ["A"], "ballots": {"A": 1}}',
        '{"method": "plurality", "options": ["A"], "ballots": null}',
        '[{"method": "plurality", "options": ["A"], "ballots": []}, 7]',
        '"text"',
        "7",
        "nul",
    ],
)
def test_said_in_one_clear_line(text: str) -> None:
    code, _, complained = told(text)
    assert code == CANNOT_BE_READ
    assert len(complained) == 1
    assert complained[0].startswith("-: ")
    assert len(complained[0].splitlines()) == 1
    assert "Error" not in complained[0]
