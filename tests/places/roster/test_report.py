"""The report: every kind has its sentence, JSON is JSON, the command prints it, long cells cost nothing."""

import json
import sys
import time
from pathlib import Path

import pytest

from portal.places.roster.__main__ import main
from portal.places.roster.findings import Action, Finding
from portal.places.roster.preview import preview_json
from portal.places.roster.sentences import SENTENCES

from .files import HEADER, home, one, read, text

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = Path(__file__).resolve().parents[2] / "data" / "roster-small.csv"

OF_A_SHEET = {
    "estate_unknown",
    "hidden_sheet",
    "inner_area_column",
    "sheet_without_area",
    "sheet_without_table",
}
"""Kinds about a sheet or a column as a whole: no row is to blame."""


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_every_kind_has_a_sentence_of_its_own(kind: str) -> None:
    found = Finding(
        "一化小区",
        7,
        Action.REPAIR,
        kind,
        "房号",
        raw="100%",
        reads_as="501",
        place="房号 501",
        same_unit_as_row=5,
    )
    assert found.text.endswith("。")
    assert ("第 7 行" in found.text) is (kind not in OF_A_SHEET)


def test_every_kind_named_in_the_code_has_a_sentence() -> None:
    """A sentence nobody uses is as wrong as a kind without one."""
    code = "".join(
        path.read_text("utf-8")
        for path in (ROOT / "portal/places/roster").glob("*.py")
        if path.name != "sentences.py"
    )
    assert [kind for kind in SENTENCES if f'"{kind}"' not in code] == []


def test_the_command_prints_the_preview(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["roster", str(SAMPLE), "--no-units"])
    assert main() == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["compounds"]["东府嘉和"]["as_imported"]["units"]["total"] == 59
    assert "units" not in printed


def test_the_command_says_why_a_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"%PDF-1.7")
    monkeypatch.setattr(sys, "argv", ["roster", str(tmp_path / "a.xlsx")])
    assert main() == 1
    assert json.loads(capsys.readouterr().out)["refused"] == "pdf"


def test_problems_name_sheet_row_column_and_kind() -> None:
    roster = read([HEADER, home(楼栋="3#"), home(房号="102", **{"专有面积(㎡)": "待测"})])
    problems = preview_json(roster)["problems"]
    assert [(p["sheet"], p["row"], p["column"], p["cell"], p["kind"], p["action"]) for p in problems] == [
        ("一化小区", 2, "楼栋", "A2", "building_hash", "repair"),
        ("一化小区", 3, "专有面积(㎡)", "E3", "area_not_a_number", "refuse"),
    ]
    assert json.loads(json.dumps(problems)) == problems


@pytest.mark.parametrize("column", HEADER)
@pytest.mark.parametrize(
    "piece",
    ["1", "号", "1号", "-", "1-", "（", "(", "张", "、", "和", "张和", "中心", "1,", " ", "第", "业主", "="],
)
def test_long_cells_cost_no_time(column: str, piece: str) -> None:
    started = time.process_time()
    for _ in range(3):
        one(**{column: (piece * 500)[:500]})
    assert time.process_time() - started < 0.5


def test_any_file_name_will_do() -> None:
    for name in ("\ud800.csv", "", "..", "a\0b.csv", "x" * 5_000, "C:\\一化小区.csv", "%s%(row)s.csv"):
        assert len(read(text([HEADER, home()]), name).units) == 1
