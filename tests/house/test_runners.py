"""The tools of the test runs themselves: the strict plugin and the throw-away PostgreSQL server."""

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.postgres import find_binaries, postgres_server

ROOT = Path(__file__).resolve().parents[2]

SOME_TESTS = """
import pytest
def test_skips(): pytest.skip("no browser here")
@pytest.mark.skipif(True, reason="no server here")
def test_is_skipped(): pass
@pytest.mark.xfail(strict=True)
def test_is_known_to_fail(): assert 0
def test_passes(): pass
"""


def run_pytest(folder: Path, *options: str) -> str:
    (folder / "test_some.py").write_text(SOME_TESTS)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        *options,
    ]
    done = subprocess.run(
        [*command, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout.splitlines()[-1]


def test_strict_run_turns_skips_into_failures(tmp_path: Path) -> None:
    assert run_pytest(tmp_path).startswith("1 passed, 2 skipped, 1 xfailed")
    assert run_pytest(tmp_path, "-p", "tests.strict").startswith("1 failed, 1 passed, 1 xfailed, 1 error")


def test_strict_run_fails_for_a_module_that_skips_itself(tmp_path: Path) -> None:
    (tmp_path / "test_whole.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    assert "1 error" in run_pytest(tmp_path, "-p", "tests.strict")


@pytest.mark.skipif(find_binaries() is None, reason="no PostgreSQL server is installed")
def test_databases_are_copies_of_a_template() -> None:
    with postgres_server() as url_of:
        with psycopg.connect(url_of("model").replace("+psycopg", "")) as connection:
            connection.execute("create table person (name text)")
            connection.execute("insert into person values ('冯小霞')")
        with psycopg.connect(url_of("copy", template="model").replace("+psycopg", "")) as connection:
            assert connection.execute("select name from person").fetchall() == [("冯小霞",)]
        folder = url_of.folder
    assert not folder.exists()
