"""`flask recount` and the single file: results a line, and an exit code that says whether they are as expected."""

import ast
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask

from portal.voting.bundle import bundle
from tests.voting.counting.test_domain_cases import worked_cases

CASES = Path(__file__).parents[1] / "data" / "cases"
SOURCES = Path(__file__).parents[2] / "portal" / "voting" / "counting"
CASE: dict[str, Any] = {
    "format": "portal-count/1",
    "method": "plurality",
    "options": ["同意", "不同意"],
    "ballots": [{"choice": "同意", "count": 2, "receipt": "1"}, {"choice": None, "receipt": "2"}],
}


class Done(NamedTuple):
    code: int
    said: list[str]
    complained: list[str]


Recount = Callable[..., Done]


@pytest.fixture
def pyz(tmp_path: Path) -> Path:
    path = tmp_path / "recount.pyz"
    path.write_bytes(bundle())
    return path


@pytest.fixture(params=["command", "single file"])
def recount(request: pytest.FixtureRequest, application: Flask, pyz: Path, tmp_path: Path) -> Recount:
    """Run one of the two; `given` is standard input."""

    def command(*arguments: str, given: str = "") -> Done:
        done = application.test_cli_runner().invoke(args=["recount", *arguments], input=given)
        return Done(done.exit_code, done.stdout.splitlines(), done.stderr.splitlines())

    def single_file(*arguments: str, given: str = "") -> Done:
        return bare(pyz, tmp_path / "empty", *arguments, given=given.encode())

    return command if request.param == "command" else single_file


def bare(pyz: Path, place: Path, *arguments: str, given: bytes = b"", python: str = sys.executable) -> Done:
    """Without this portal, its libraries, the environment of the user or a language of the terminal."""
    place.mkdir(exist_ok=True)
    whole = [python, "-I", "-S", str(pyz), *arguments]
    done = subprocess.run(
        whole, cwd=place, input=given, env={"LC_ALL": "C"}, capture_output=True, check=False
    )
    return Done(done.returncode, done.stdout.decode().splitlines(), done.stderr.decode().splitlines())


@pytest.mark.parametrize("path", sorted(CASES.glob("*.json")), ids=lambda path: path.stem)
def test_the_worked_cases(recount: Recount, path: Path) -> None:
    done = recount(str(path))
    assert done.complained == []
    assert done.code == 0
    worked = json.loads(path.read_text(encoding="utf-8"))
    assert len(done.said) == len(worked)
    for line, case in zip(done.said, worked, strict=True):
        assert case["expected"].keys() & json.loads(line).keys()


def test_the_worked_cases_of_the_field(recount: Recount, tmp_path: Path) -> None:
    """Owners' votes, rolls, silence and other bodies: all kinds, in one file."""
    told = [{**case, "id": name, "expected": expect} for name, case, expect in worked_cases()]
    path = tmp_path / "domain.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    done = recount(str(path))
    assert done.complained == []
    assert done.code == 0
    assert len(done.said) == len(told) > 0
    for line, case in zip(done.said, told, strict=True):
        assert case["expected"].keys() <= json.loads(line).keys(), case["id"]
    wrong = [{**case, "expected": {"verdict": "otherwise"}} for case in told]
    path.write_text(json.dumps(wrong, ensure_ascii=False), encoding="utf-8")
    assert recount(str(path)).code == 1


def test_standard_input(recount: Recount) -> None:
    done = recount("-", given=json.dumps(CASE))
    assert done.code == 0
    assert json.loads(done.said[0])["winners"] == ["同意"]
    assert "同意" in done.said[0]


def test_with_a_byte_order_mark(recount: Recount, tmp_path: Path) -> None:
    path = tmp_path / "计票.json"
    path.write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8-sig")
    assert json.loads(recount(str(path)).said[0])["valid"] == 2


def test_another_result_than_expected(recount: Recount) -> None:
    other = {**CASE, "expected": {"winners": ["不同意"], "valid": 2}}
    done = recount("-", given=json.dumps([{**CASE, "expected": {"valid": 2, "note": "?"}}, other]))
    assert (done.code, len(done.said)) == (1, 2)
    assert done.complained == ["-: case 2 is not as expected: winners"]


def test_every_file_is_counted_and_the_worst_is_said(recount: Recount, tmp_path: Path) -> None:
    unlike, torn = tmp_path / "unlike.json", tmp_path / "torn.json"
    unlike.write_text(json.dumps({**CASE, "expected": {"valid": 3}}))
    torn.write_text(json.dumps([CASE, CASE])[:-20])
    done = recount(str(unlike), str(torn), str(CASES / "irv.json"))
    assert done.code == 2
    assert len(done.said) == 2 + len(json.loads((CASES / "irv.json").read_text()))
    assert [line.split(": ")[0] for line in done.complained] == [str(unlike), str(torn)]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{",
        '"text"',
        "[1]",
        "[" * 100_000,
        json.dumps({**CASE, "method": "loudness"}),
        json.dumps({**CASE, "expected": ["同意"]}),
        json.dumps({**CASE, "method": "\n\u2028\x1b[31m"}),
        json.dumps({**CASE, "ballots": [{"count": 1e300}]}),
        json.dumps({**CASE, "ballots": [{"count": float("nan")}]}),
        json.dumps({**CASE, "options": ["\ud800", "\ud800"]}),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(recount: Recount, given: str) -> None:
    done = recount("-", given=given)
    assert done.code == 2
    assert done.said == []
    assert len(done.complained) == 1
    assert done.complained[0].startswith("-: ")


def test_half_a_sign_is_written_as_json_writes_it(recount: Recount) -> None:
    done = recount("-", given=json.dumps({**CASE, "options": ["\ud800"], "ballots": [{"choice": "\ud800"}]}))
    assert done.code == 0
    assert json.loads(done.said[0])["winners"] == ["\ud800"]


def test_no_file_and_a_folder(recount: Recount, tmp_path: Path) -> None:
    done = recount(str(tmp_path / "nothing.json"), str(tmp_path))
    assert done.code == 2
    assert [line.split(": ", 1)[1] for line in done.complained] == [
        "cannot be read: No such file or directory",
        "cannot be read: Is a directory",
    ]


def test_without_a_file_it_says_how_it_is_used(recount: Recount) -> None:
    done = recount()
    assert done.code == 2
    assert "usage" in done.complained[0].lower()


def test_the_single_file_is_written_the_same_every_time(application: Flask, tmp_path: Path) -> None:
    digests = set()
    for name in ("one.pyz", "two.pyz"):
        bundle.cache_clear()
        done = application.test_cli_runner().invoke(args=["recount", "--bundle", str(tmp_path / name)])
        assert (done.exit_code, done.output) == (0, "")
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).digest())
    assert len(digests) == 1
    with zipfile.ZipFile(tmp_path / "one.pyz") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())


def test_writing_and_counting_at_once(application: Flask, tmp_path: Path) -> None:
    line = ["recount", "--bundle", str(tmp_path / "recount.pyz"), str(CASES / "plurality.json")]
    done = application.test_cli_runner().invoke(args=line)
    assert done.exit_code == 0
    assert (tmp_path / "recount.pyz").is_file()


def test_where_the_single_file_cannot_be_written(application: Flask, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "recount.pyz"
    done = application.test_cli_runner().invoke(args=["recount", "--bundle", str(path)])
    assert done.exit_code == 2
    assert done.stderr == f"{path}: cannot be written: No such file or directory\n"


def test_both_say_the_same(application: Flask, pyz: Path, tmp_path: Path) -> None:
    names = [str(path) for path in sorted(CASES.glob("*.json"))]
    command = application.test_cli_runner().invoke(args=["recount", *names])
    assert bare(pyz, tmp_path / "empty", *names).said == command.stdout.splitlines()


def test_the_single_file_asks_only_for_an_old_python(pyz: Path, tmp_path: Path) -> None:
    """By its grammar; that nothing newer is called is seen with each Python that happens to be here."""
    for source in SOURCES.glob("*.py"):
        ast.parse(source.read_text(encoding="utf-8"), feature_version=(3, 9))
    names = [str(path) for path in sorted(CASES.glob("*.json"))]
    wanted = bare(pyz, tmp_path / "empty", *names)
    assert wanted.code == 0
    for minor in range(9, 16):
        python = shutil.which(f"python3.{minor}")
        if python and not subprocess.run([python, "-V"], capture_output=True, check=False).returncode:
            assert bare(pyz, tmp_path / "empty", *names, python=python) == wanted


def test_nobody_reads_the_results(pyz: Path, tmp_path: Path) -> None:
    """`recount.pyz many.json | head -1` ends without a traceback."""
    many = tmp_path / "many.json"
    many.write_text(json.dumps([{**CASE, "options": [str(n) for n in range(500)]}] * 300))
    whole = [sys.executable, "-I", "-S", str(pyz), str(many)]
    with subprocess.Popen(whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline().startswith(b"{")
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.parametrize("closed", ["<&-", ">&-", ">/dev/full"])
def test_streams_that_are_closed_or_full(pyz: Path, closed: str) -> None:
    line = f'"{sys.executable}" -I -S "{pyz}" - "{CASES / "plurality.json"}" {closed}'
    done = subprocess.run(["sh", "-c", line], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == (2 if closed == ">/dev/full" else 1)
