"""`flask roster import` and `flask places community`."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from portal.core.db import db
from portal.places.findingwords import KINDS
from portal.places.models import Place, RosterImport, Unit
from portal.places.roster.sentences import SENTENCES
from tests.places.rosterfiles import FOLDER, expected, row, table


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def count(model: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def test_the_preview_as_json_is_what_a_careful_reader_arrives_at(app: Flask) -> None:
    before = [count(m) for m in (Place, Unit, RosterImport)]
    done = run(app, "roster", "import", str(FOLDER / "roster-small.csv"), "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    wanted = expected("roster-small")
    assert told["as_imported"] == wanted["as_imported"]
    assert told["compound"] == wanted["compound"]
    assert [count(m) for m in (Place, Unit, RosterImport)] == before


def test_the_preview_for_people_names_every_row(app: Flask) -> None:
    done = run(app, "roster", "import", str(FOLDER / "roster-small.csv"))
    assert done.exit_code == 0
    assert "东府嘉和：59 套" in done.stdout
    assert "业主人数 40" in done.stdout
    for problem in expected("roster-small")["problems"]:
        assert f"第 {problem['row']} 行" in done.stdout


def test_a_file_is_taken_over_on_demand_and_again_changes_nothing(app: Flask) -> None:
    assert run(app, "places", "community", "枫园社区").exit_code == 0
    words = ("roster", "import", str(FOLDER / "roster-small.csv"), "--community", "枫园社区", "--commit")
    done = run(app, *words)
    assert done.exit_code == 0, done.output
    assert "新增 59 套" in done.stderr
    dry = json.loads(run(app, *words[:-1], "--json").stdout)
    assert dry["register"] == {"added": 0, "changed": 0, "unchanged": 59, "missing": 0}
    again = run(app, *words)
    assert again.exit_code == 0
    assert "新增 0 套，改动 0 套，没有变 59 套" in again.stderr


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.xlsx", b"", "空的"),
        ("a.xlsx", b"%PDF-1.4", "PDF"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 100, "损坏"),
        ("a.csv", b"\x00\x01\x02", ""),
        ("missing.csv", None, "打不开"),
    ],
)
def test_a_refused_file_is_one_line_and_exit_code_2(
    app: Flask, tmp_path: Path, name: str, data: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    done = run(app, "roster", "import", str(path))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert sentence in done.stderr


def test_the_community_must_be_named_where_there_are_several(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(table(row("101")))
    for words in (("--commit",), ("--commit", "--community", "没有这个")):
        done = run(app, "roster", "import", str(path), *words)
        assert done.exit_code == 2
        assert "梧桐社区、龙山社区" in done.stderr
    assert count(RosterImport) == 0


def test_a_community_is_opened_once(app: Flask) -> None:
    done = run(app, "places", "community", "枫园社区")
    assert done.exit_code == 0
    place = db.session.scalars(sa.select(Place).where(Place.name == "枫园社区")).one()
    assert place.place_path == f"/{place.id}/"
    twice = run(app, "places", "community", "枫园社区")
    assert (twice.exit_code, twice.stderr.count("\n")) == (2, 1)
    assert run(app, "places", "community", " ").exit_code == 2
    assert run(app, "places", "community", "园" * 61).exit_code == 2


def test_every_kind_of_finding_has_a_short_name() -> None:
    assert set(SENTENCES) <= set(KINDS)
