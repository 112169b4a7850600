"""The pure count against worked cases, and its refusals."""

import ast
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from portal.voting import counting
from portal.voting.counting import Unreadable, approval, plurality, recount

CASES = Path(__file__).parents[1] / "data" / "cases"
LOADED = [c for name in ("plurality", "approval") for c in json.loads((CASES / f"{name}.json").read_text())]


@pytest.mark.parametrize("case", LOADED, ids=lambda c: c["id"])
def test_worked_case(case: dict[str, Any]) -> None:
    expected = {k: v for k, v in case["expected"].items() if k != "acceptable_winners"}
    assert recount(case) == expected


def test_every_paper_is_counted_once() -> None:
    case: dict[str, Any] = {
        "method": "plurality",
        "options": ["同意", "不同意"],
        "ballots": [
            {"choice": "同意"},
            {"choice": None},
            {"choice": "都行", "count": 2},
            {"choice": ["同意"]},
        ],
    }
    got = recount(case)
    assert (got["valid"], got["blank"], got["invalid"]) == (1, 1, 3)
    assert got["winners"] == ["同意"]


def test_all_blank_elects_nobody() -> None:
    got = plurality.count([{"choice": None, "count": 9}], ["A", "B"], seats=1)
    assert (got.winners, got.tied, got.blank) == ([], [], 9)


def test_fewest_and_most_marks() -> None:
    ballots: list[dict[str, Any]] = [
        {"approve": ["A"]},
        {"approve": ["A", "B"]},
        {"approve": ["A", "B", "C"]},
    ]
    got = approval.count(ballots, ["A", "B", "C"], min_choices=2, max_choices=2)
    assert (got.valid, got.invalid, got.tally) == (1, 2, {"A": 1, "B": 1, "C": 0})


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {"method": "by-loudness", "options": [], "ballots": []},
        {"method": ["plurality"], "options": [], "ballots": []},
        {"format": "portal-count/9", "method": "plurality", "options": [], "ballots": []},
        {"method": "plurality", "options": "AB", "ballots": []},
        {"method": "plurality", "options": ["A", "A"], "ballots": []},
        {"method": "plurality", "options": ["A"]},
        {"method": "plurality", "options": ["A"], "ballots": ["A"]},
        {"method": "plurality", "options": ["A"], "ballots": [{"choice": "A", "count": 1.5}]},
        {"method": "plurality", "options": ["A"], "ballots": [{"choice": "A", "count": -1}]},
        {"method": "plurality", "options": ["A"], "ballots": [], "params": {"seats": "1"}},
        {"method": "plurality", "options": ["A"], "ballots": [], "params": [1]},
        {"method": "approval", "options": ["A"], "ballots": [{"approve": "A"}]},
    ],
)
def test_unreadable_case_is_refused_in_one_line(broken: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        recount(broken)
    assert "\n" not in str(refused.value)


def test_counting_stands_on_the_standard_library_alone() -> None:
    """It is bundled into one file that runs without the portal: relative imports and the standard library only."""
    folder = Path(next(iter(counting.__path__)))
    for source in folder.glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Import):
                assert all(a.name.split(".")[0] in sys.stdlib_module_names for a in node.names), source
            if isinstance(node, ast.ImportFrom):
                inside = node.level == 1
                assert inside or (node.module or "").split(".")[0] in sys.stdlib_module_names, source
