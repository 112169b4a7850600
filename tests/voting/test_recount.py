"""`flask recount`: results a line, and an exit code that says whether they are as expected."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

CASES = Path(__file__).parents[1] / "data" / "cases"
CASE: dict[str, Any] = {
    "format": "portal-count/1",
    "method": "plurality",
    "options": ["同意", "不同意"],
    "ballots": [{"choice": "同意", "count": 2}, {"choice": None}],
}


def run(application: Flask, *arguments: str, given: str = "") -> Any:
    return application.test_cli_runner().invoke(args=["recount", *arguments], input=given)


def test_the_worked_cases(application: Flask) -> None:
    done = run(application, str(CASES / "plurality.json"), str(CASES / "approval.json"))
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 11
    assert all(json.loads(line)["tally"] for line in done.stdout.splitlines())


def test_standard_input(application: Flask) -> None:
    done = run(application, "-", given=json.dumps(CASE))
    assert done.exit_code == 0
    assert json.loads(done.stdout)["winners"] == ["同意"]


def test_another_result_than_expected(application: Flask) -> None:
    done = run(application, "-", given=json.dumps({**CASE, "expected": {"winners": ["不同意"]}}))
    assert done.exit_code == 1


@pytest.mark.parametrize("given", ["", "{", '"text"', json.dumps({**CASE, "method": "loudness"})])
def test_what_cannot_be_read_is_said_in_one_line(application: Flask, given: str) -> None:
    done = run(application, "-", given=given)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_missing_file(application: Flask, tmp_path: Path) -> None:
    assert run(application, str(tmp_path / "nothing.json")).exit_code == 2
