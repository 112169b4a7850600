"""The two sample files give exactly what a careful reader arrives at."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from portal.places.roster.preview import preview_json
from portal.places.roster.reading import read_roster
from portal.places.roster.units import Roster

DATA = Path(__file__).resolve().parents[2] / "data"


def load(name: str) -> tuple[Roster, dict[str, Any], dict[str, Any]]:
    """(roster, its preview, what is expected)."""
    expected = json.loads((DATA / f"{Path(name).stem}.expected.json").read_text("utf-8"))
    roster = read_roster((DATA / name).read_bytes(), name)
    return roster, preview_json(roster), expected


@pytest.fixture(scope="module")
def dongxing() -> tuple[Roster, dict[str, Any], dict[str, Any]]:
    return load("roster-dongxing.xlsx")


@pytest.fixture(scope="module")
def small() -> tuple[Roster, dict[str, Any], dict[str, Any]]:
    return load("roster-small.csv")


def comparable(problem: dict[str, Any], raw: bool = True) -> tuple[Any, ...]:
    """What must agree for every problem: where, which, what is done, what it reads as."""
    shown = problem["raw"] if problem["raw"] is None or not raw else str(problem["raw"])
    return (
        problem.get("sheet"),
        problem["row"],
        problem["column"],
        problem.get("cell"),
        problem["kind"],
        problem["action"],
        problem.get("reads_as"),
        problem.get("confirm", False),
        problem.get("same_unit_as_row"),
        problem.get("also"),
        "footer" if problem["kind"] == "footer_row" else shown,
    )


def test_every_problem_of_the_workbook_is_named_and_no_other(dongxing: tuple[Any, ...]) -> None:
    _, preview, expected = dongxing
    found, wanted = map(
        Counter, ([comparable(p) for p in preview["problems"]], [comparable(p) for p in expected["problems"]])
    )
    assert found - wanted == Counter()
    assert wanted - found == Counter()


def test_every_problem_of_the_text_file_is_named_and_no_other(small: tuple[Any, ...]) -> None:
    _, preview, expected = small

    def without_sheet(problem: dict[str, Any]) -> tuple[Any, ...]:
        return comparable({**problem, "sheet": None, "cell": None})

    found, wanted = ([without_sheet(p) for p in of["problems"]] for of in (preview, expected))
    assert found == wanted


@pytest.mark.parametrize("estate", ["一化小区", "东府嘉和", "城馨丽锦"])
@pytest.mark.parametrize(
    "key",
    [
        "sheet",
        "header_row",
        "first_row",
        "last_row",
        "problem_rows",
        "as_imported",
        "by_building_as_imported",
    ],
)
def test_each_compound_of_the_workbook(dongxing: tuple[Any, ...], estate: str, key: str) -> None:
    _, preview, expected = dongxing
    assert preview["compounds"][estate][key] == expected["compounds"][estate][key]


def test_the_workbook_in_all(dongxing: tuple[Any, ...]) -> None:
    roster, preview, expected = dongxing
    assert preview["in_all"]["as_imported"] == expected["in_all"]["as_imported"]
    assert list(roster.estates) == list(expected["compounds"])
    assert sum(preview["in_all"]["grids"].values()) == len(roster.units)
    assert preview["in_all"]["grids"].keys() == expected["in_all"]["grids"].keys()


def test_the_text_file_in_all(small: tuple[Any, ...]) -> None:
    _, preview, expected = small
    for key in ("compound", "header_row", "first_row", "as_imported"):
        assert preview[key] == expected[key]
    assert [column["header"] for column in preview["sheets"][0]["columns"]] == expected["columns"]
    assert preview["encoding"] == "utf-8-sig"


def test_every_unit_of_the_text_file(small: tuple[Any, ...]) -> None:
    _, preview, expected = small
    found = [{key: unit[key] for key in expected["units"][0]} for unit in preview["units"]]
    assert found == expected["units"]


def test_refused_rows_corrected_would_give_the_full_figures(dongxing: tuple[Any, ...]) -> None:
    """Each refusal for its area stands for exactly one unit of the full count."""
    _, preview, expected = dongxing
    for estate, wanted in expected["compounds"].items():
        refused = sum(
            p["sheet"] == estate and p["kind"].startswith("area_") and p["action"] == "refuse"
            for p in preview["problems"]
        )
        assert (
            preview["compounds"][estate]["as_imported"]["units"]["total"] + refused
            == wanted["when_refused_rows_are_corrected"]["units"]["total"]
        )


def test_heads_are_none_of_the_common_mistakes(dongxing: tuple[Any, ...]) -> None:
    _, preview, expected = dongxing
    for estate, wanted in expected["compounds"].items():
        right = wanted["as_imported"]["heads"]["parking_not_counted"]
        mistakes = {n for n in wanted["wrong_heads_as_imported"].values() if n != right}
        assert preview["compounds"][estate]["as_imported"]["heads"]["parking_not_counted"] not in mistakes


@pytest.mark.parametrize("which", ["dongxing", "small"])
def test_refusals_name_row_room_and_matter(which: str, request: pytest.FixtureRequest) -> None:
    roster, _, expected = request.getfixturevalue(which)
    texts = {(f.sheet, f.row): f for f in roster.findings if f.action == "refuse"}
    for problem in (p for p in expected["problems"] if p["action"] == "refuse"):
        found = next(
            f
            for (sheet, row), f in texts.items()
            if row == problem["row"] and sheet == problem.get("sheet", sheet)
        )
        assert f"第 {problem['row']} 行" in found.text
        assert found.key is not None
        assert f"房号 {found.key[3]}" in found.text
        if "面积" in problem["message_must_name"]:
            assert "面积" in found.text
        else:
            assert f"第 {problem['same_unit_as_row']} 行" in found.text
