"""docs/operations.md says what is there: every setting, and commands that exist."""

import re
from pathlib import Path

import click
from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "operations.md").read_text("utf-8")
SETTINGS = (ROOT / "portal" / "settings.py").read_text("utf-8")
COMMAND = re.compile(
    r"(?:flask(?: --app portal)?|^ *portal) ((?:[a-z][a-z-]*)(?: [a-z][a-z-]+)?)", re.MULTILINE
)


def test_every_setting_is_explained() -> None:
    read = set(re.findall(r'env(?:\.get\(|, )"([A-Z_]+)"', SETTINGS))
    assert len(read) > 5
    assert read == set(re.findall(r"^\| `([A-Z_]+)` \|", TEXT, re.MULTILINE))


def test_every_command_exists(application: Flask) -> None:
    named = set(COMMAND.findall(TEXT))
    assert {"tick", "accounts administrator", "places community", "roster import"} <= named
    assert {words for words in named if not known(application, words.split())} == set()


def known(app: Flask, words: list[str]) -> bool:
    """Whether the words begin with a command; those after it are its arguments."""
    command: click.Command | None = app.cli.commands.get(words[0])
    if isinstance(command, click.Group):
        return len(words) > 1 and words[1] in command.commands
    return command is not None
