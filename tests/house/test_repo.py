"""What may be committed: no path of one machine, no package index, nothing unlisted at the top."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

TOP = {
    ".ci", "docs", "migrations", "portal", "static", "templates", "tests", "wsgi.py",
    "Dockerfile", "LICENSE", "Makefile", "README.md", "CHANGELOG.md",
    "pyproject.toml", "requirements.txt", "requirements-dev.txt",
    ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore",
}  # fmt: skip

FORBIDDEN = {
    "path of one machine": re.compile(
        r"(?<![\w.$}~*-])/(?:root|work|home/\w+|Users/\w+|tmp)(?:/|\b(?=[\s\"'`),:;]|$))"
    ),
    "package index": re.compile(
        r"(?<!no-emit-)(?:(?:extra-)?index-url|find-links)[ =]|/simple/|\"resolved\": \"http"
    ),
}


def tracked() -> list[Path]:
    """Files that are committed or about to be; empty outside a checkout (an unpacked archive has no .git)."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    raw = path.read_bytes()
    return "" if b"\0" in raw[:8000] else raw.decode("utf-8", "replace")


def test_something_is_tracked() -> None:
    assert len(tracked()) > 20


def test_top_level_is_as_listed() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert names - TOP == set()


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_nothing_of_one_machine(kind: str) -> None:
    pattern = FORBIDDEN[kind]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if "vendor" not in path.parts and path != Path(__file__)
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("path of one machine", ("open('/", "root/x')")),
        ("path of one machine", ("cd /", "work/main")),
        ("path of one machine", ("/", "tmp/x.db")),
        ("package index", ("--index", "-url https://example.org")),
        ("package index", ("--find", "-links wheels")),
        ("package index", ("https://example.org/", "simple/flask/")),
    ],
)
def test_the_patterns_find_what_they_should(kind: str, parts: tuple[str, ...]) -> None:
    assert FORBIDDEN[kind].search("".join(parts))


@pytest.mark.parametrize(
    "line", ["/topics/<id>", "/home", "./tmp/", "instance/tmp/x", "--no-emit-find-links"]
)
def test_the_patterns_leave_the_rest(line: str) -> None:
    assert not any(pattern.search(line) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_hashes(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    pins = [number for number, line in enumerate(lines) if "==" in line and not line.startswith(" ")]
    assert pins
    assert all("--hash=sha256:" in lines[number + 1] for number in pins)
