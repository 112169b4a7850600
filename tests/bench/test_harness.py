"""The harness counts right. No figure is asserted: what is fast today may be slow on another machine."""

import argparse
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.bench.child import in_child, peak_megabytes
from tests.bench.counts import CountFigures
from tests.bench.load import fire, request
from tests.bench.pages import percentile
from tests.bench.report import print_table, write_json
from tests.bench.rolls import measure_roll
from tests.bench.rosters import HEADER, workbook
from tests.bench.run import SECRET, measure
from tests.bench.server import serving


@pytest.mark.parametrize("kind", ["granian", "gunicorn"])  # one keeps connections alive, one closes them
def test_every_request_is_answered_once(kind: str) -> None:
    with serving(kind, "tests.bench.bare:app", {}) as server:
        outcome = fire(
            server.port, [request("/70000"), request("/nothing")], total=31, connections=4, seconds=30
        )
    assert outcome.statuses == {200: 16, 404: 15}
    assert outcome.requests == 31
    assert outcome.failed == 0


def test_size_is_that_of_the_body() -> None:
    with serving("granian", "tests.bench.bare:app", {}) as server:
        outcome = fire(server.port, [request("/300000")], total=3, connections=2, seconds=30)
    assert outcome.size == 300_000


def test_time_is_a_bound() -> None:
    with serving("granian", "tests.bench.bare:app", {}) as server:
        outcome = fire(server.port, [request("/9")], total=10**9, connections=2, seconds=0.3)
    assert 0 < outcome.requests < 10**6


def test_a_server_that_does_not_start_is_told() -> None:
    with (
        pytest.raises(RuntimeError, match="did not start"),
        serving("gunicorn", "tests.bench.missing:app", {}),
    ):
        pass


def test_a_whole_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = argparse.Namespace(
        subject="tests.bench.sample", requests=8, rounds=1, voters=70, grow=2, rosters=[30], rolls=[20],
        rooms=[10], room_seconds=1.0, shops=[2], minutes=[4],
    )  # fmt: skip
    setting = measure(asked, "sqlite", "granian")
    assert [page.name for page in setting.pages] == ["topic list, visitor"]
    assert setting.queries == setting.grown_queries == {"topic list, visitor": 1}
    [ballots] = setting.ballots
    assert (ballots.acknowledged, ballots.refused, ballots.in_database) == (70, 0, 70)
    assert list(ballots.steps) == ["page", "review", "ballot", "receipt"]
    assert [roster.taken for roster in setting.rosters] == [30]
    assert [(roll.units, roll.result_queries) for roll in setting.rolls] == [(20, 1)]
    [shops] = setting.shops
    assert (shops.redemptions, shops.statements, shops.points, shops.in_books) == (10, 2, 10, 10)
    [room] = setting.rooms
    assert (room.phones, room.sent, room.in_database, room.right, room.failed) == (10, 10, 10, 10, 0)
    [minutes] = setting.minutes
    assert (minutes.there, minutes.named, minutes.marks) == (4, 4, 4 * minutes.lines)
    assert setting.missing == []
    write_json(tmp_path / "bench.json", [setting], [])
    print_table([setting], [CountFigures("irv", 9, 0.1, 10.0)])
    assert json.loads((tmp_path / "bench.json").read_text())["settings"][0]["database"] == "sqlite"
    assert "70 in the database" in capsys.readouterr().out


def test_an_owners_vote_is_played_to_its_result(tmp_path: Path) -> None:
    """The portal's own: its rules change, and what is played here must keep them."""
    place = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "PORTAL_INSTANCE": str(tmp_path),
        "SECRET_KEY": SECRET,
    }
    figures = in_child(place, measure_roll, "tests.bench.seed", 12)
    assert figures.units >= 12
    assert figures.missing == ()
    assert figures.result_queries > 0


def test_percentiles() -> None:
    assert [percentile(range(1, 101), percent) for percent in (50, 95, 100)] == [50, 95, 100]
    assert percentile([7], 50) == 7
    assert percentile([], 50) == 0.0


def test_a_child_has_its_own_memory() -> None:
    assert in_child({}, peak_megabytes) > 5


def test_workbook_has_all_units() -> None:
    sheet = load_workbook(io.BytesIO(workbook(200)), read_only=True).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert list(rows[0]) == HEADER
    assert len({row[1:5] for row in rows[1:]}) == 200
