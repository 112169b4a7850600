"""The clock's jobs: all run, one that breaks or is refused does not keep the others from running."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.core import ticks
from portal.core.actor import Actor
from portal.core.db import db
from portal.core.errors import Conflict
from portal.home.commands import tick_while
from tests.conftest import SETTINGS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def jobs() -> Iterator[dict[str, ticks.Job]]:
    """The registry, empty for the length of a test."""
    kept = dict(ticks.JOBS)
    ticks.JOBS.clear()
    yield ticks.JOBS
    ticks.JOBS.clear()
    ticks.JOBS.update(kept)


def three(actor: Actor) -> int:
    return 3


def broken(actor: Actor) -> int:
    raise RuntimeError("no")


def test_every_job_runs(app: Flask, jobs):
    ticks.add("broken", broken)
    ticks.add("three", three)
    assert ticks.run() == [ticks.Ran("broken", 0, failed=True), ticks.Ran("three", 3)]


def test_a_job_is_registered_once(jobs):
    ticks.add("three", three)
    ticks.add("three", three)
    assert list(jobs) == ["three"]
    with pytest.raises(LookupError):
        ticks.add("three", broken)


def test_one_refusal_does_not_keep_the_others_waiting(app: Flask):
    seen = []

    def verb(n: int) -> None:
        if n == 2:
            raise Conflict("别人先办了")
        seen.append(n)

    assert ticks.each([1, 2, 3], verb) == 2
    assert seen == [1, 3]


def test_one_that_breaks_does_not_stop_the_clock_for_those_behind_it(app: Flask, jobs):
    seen = []

    def verb(n: int) -> None:
        if n == 1:
            raise ZeroDivisionError("this one cannot be counted")
        seen.append(n)

    ticks.add("counting", lambda actor: ticks.each([1, 2, 3], verb))
    assert ticks.run() == [ticks.Ran("counting", 0, failed=True)]
    assert seen == [2, 3]


def test_the_command_says_what_was_done(app: Flask, jobs):
    ticks.add("three", three)
    done = app.test_cli_runner().invoke(args=["tick"])
    assert (done.exit_code, done.output) == (0, "three: 3\n")
    ticks.add("broken", broken)
    assert app.test_cli_runner().invoke(args=["tick"]).exit_code == 1


def test_every_goes_with_under_only(app: Flask, jobs):
    assert app.test_cli_runner().invoke(args=["tick", "--under", "1"]).exit_code == 2
    assert app.test_cli_runner().invoke(args=["tick", "--every", "0"]).exit_code == 2


def test_ticks_go_on_after_one_that_failed_until_nobody_needs_them(app: Flask, jobs, capsys):
    ticks.add("broken", broken)
    ticks.add("three", three)
    there = iter([True, True, True, False])
    tick_while(lambda: next(there), every=0, look=0)
    assert capsys.readouterr().out == "broken: failed\nthree: 3\n" * 3


def test_nothing_is_left_behind_by_a_server_that_has_ended(tmp_path: Path):
    """The shell starts the ticks and is gone; its output is closed only when they are gone too."""
    command = f"{sys.executable} -m flask --app portal tick --every 60 --under $$ & echo $!"
    left = subprocess.run(
        ["sh", "-c", command],
        cwd=ROOT,
        env={"PORTAL_INSTANCE": str(tmp_path)},
        capture_output=True,
        timeout=60,
    )
    assert (left.returncode, left.stderr) == (0, b"")


def test_make_run_ticks_beside_the_server():
    """The shell that starts the ticks becomes the server: the number that they look after is the server's."""
    recipe = re.search(r"^run:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe is not None
    assert re.search(r"\$\(DEMO\) tick --every 60 --under \$\$\$\$ & exec .*granian", recipe[1])


@pytest.mark.parametrize("asked", ["tick", "points audit", "audit digest", "backup {folder}/b.tar.gz"])
def test_before_the_tables_are_made_every_command_says_how_to_make_them(tmp_path: Path, asked: str) -> None:
    address = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": address})
    done = app.test_cli_runner().invoke(args=asked.format(folder=tmp_path).split())
    with app.app_context():
        db.engine.dispose()
    assert (done.exit_code, "db upgrade" in done.output) == (2, True)
    assert "Traceback" not in done.output
