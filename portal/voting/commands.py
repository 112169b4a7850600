"""The command line of voting: counting again."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import Flask

from .counting import Unreadable, recount


def init_app(app: Flask) -> None:
    app.cli.add_command(recount_files)


@click.command("recount")
@click.argument("files", nargs=-1, required=True)
def recount_files(files: tuple[str, ...]) -> None:
    """Count FILES again ("-": standard input; a JSON list holds many cases); one result a line.

    Exit 0 if every result equals what its file expects, 1 if one does not, 2 for a file that cannot be read.
    """
    equal = True
    for name in files:
        try:
            for case in _cases(name):
                result = recount(case)
                click.echo(json.dumps(result, ensure_ascii=False))
                equal &= _as_expected(result, case.get("expected") or {})
        except (OSError, ValueError, RecursionError) as fault:
            click.echo(f"{name}: {_one_line(fault)}", err=True)
            sys.exit(2)
    sys.exit(0 if equal else 1)


def _cases(name: str) -> list[Any]:
    """The cases of a file. Raises OSError, ValueError (no JSON, no UTF-8)."""
    text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    read = json.loads(text)
    return read if isinstance(read, list) else [read]


def _as_expected(result: dict[str, Any], expected: dict[str, Any]) -> bool:
    """What the file expects of the keys that a count gives; other keys are notes."""
    return all(result[key] == value for key, value in expected.items() if key in result)


def _one_line(fault: Exception) -> str:
    said = str(fault) if isinstance(fault, Unreadable) else f"cannot be read: {fault}"
    return " ".join(said.split())
