"""The shape of the code: one door for each concern, small files, speaking names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PORTAL = sorted((ROOT / "portal").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def found(pattern: str, paths: list[Path], allowed: set[str] | None = None) -> list[str]:
    """`file:line` of every match outside the allowed files."""
    matching = re.compile(pattern)
    return [
        f"{name(path)}:{number}"
        for path in paths
        if name(path) not in (allowed or set())
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if matching.search(line)
    ]


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text()))


def test_there_is_code() -> None:
    assert len(PORTAL) > 30


ONE_DOOR = {
    "commit": (r"\bcommit\(", {"portal/core/db.py", "portal/core/session.py"}),
    "a connection past the session": (  # a backup reads and restores whole tables in one snapshot
        r"session\.connection\(|engine\.(connect|begin)\(",
        {"portal/core/db.py", "portal/home/backup/archive.py", "portal/home/backup/rows.py"},
    ),
    "bulk writes past the guards": (r"\.bulk_(update|insert|save)_", set()),
    "the clock": (r"datetime\.now\(|datetime\.utcnow|date\.today\(|time\.time\(", {"portal/core/clock.py"}),
    "htmx headers": (r"[\"']HX-", {"portal/core/pages.py", "portal/core/failures.py"}),
    "environment": (r"os\.environ|getenv\(", {"portal/settings.py", "portal/accounts/commands.py"}),
    "turning escaping off": (r"autoescape\s*=\s*False", set()),
}


@pytest.mark.parametrize("concern", ONE_DOOR)
def test_one_door_for(concern: str) -> None:
    pattern, allowed = ONE_DOOR[concern]
    assert found(pattern, PORTAL, allowed) == []


def test_no_drawers() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "services"}
    assert [name(p) for p in PORTAL + TESTS if {p.stem, *p.relative_to(ROOT).parts[:-1]} & drawers] == []


def test_classes_say_what_they_are() -> None:
    vague = re.compile(r"Manager$|Helper$|Utils?$|^Base.|^Abstract|Handler$")
    assert [
        f"{name(path)}: {node.name}"
        for path in PORTAL
        for node in nodes(path)
        if isinstance(node, ast.ClassDef) and vague.search(node.name)
    ] == []


@pytest.mark.parametrize(
    ("paths", "most"), [(PORTAL, 300), (TEMPLATES, 300), (TESTS, 600)], ids=["portal", "templates", "tests"]
)
def test_files_are_short(paths: list[Path], most: int) -> None:
    """A file that grows past this becomes a folder split by subject; tests are tables and may be longer."""
    assert {name(p): n for p in paths if (n := len(p.read_text().splitlines())) > most} == {}


def test_markup_is_never_made_of_pieces() -> None:
    """`Markup("…") % values` escapes its values; an f-string, a sum or a format inside does not."""
    wrong = []
    for path in PORTAL:
        for node in nodes(path):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Markup":
                continue
            for given in node.args:
                formatted = isinstance(given, ast.Call) and getattr(given.func, "attr", "") == "format"
                if isinstance(given, (ast.JoinedStr, ast.BinOp)) or formatted:
                    wrong.append(f"{name(path)}:{node.lineno}")
    assert wrong == []


def test_every_module_says_what_it_is() -> None:
    empty = [
        p for p in PORTAL if p.read_text().strip() and ast.get_docstring(ast.parse(p.read_text())) is None
    ]
    assert [name(p) for p in empty] == []


def test_actions_do_not_know_the_web() -> None:
    actions = [p for p in PORTAL if "actions" in (p.stem, p.parent.name) and "core" not in p.parts]
    assert found(r"\b(request|session)\.(form|args|files|cookies)|render_template", actions) == []


def test_every_writer_is_an_action() -> None:
    """Views read; only actions, commands, reactions and the ground put things into the database."""
    readers = [
        p for p in PORTAL if {"views", "queries", "forms", "panels", "listings"} & {p.stem, p.parent.name}
    ]
    assert (
        found(
            r"session\.(add|delete|merge|flush)\(|\bstore\(|\btransaction\(|sa\.(insert|update|delete)\(",
            readers,
        )
        == []
    )
