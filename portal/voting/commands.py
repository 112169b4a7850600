"""The command line of voting: counting again, and the single file that counts without this portal."""

import sys
from pathlib import Path

import click
from flask import Flask

from .bundle import bundle
from .counting.main import CODES, bytes_of, one_line, recount_files


def init_app(app: Flask) -> None:
    app.cli.add_command(recount)


@click.command("recount", epilog=CODES)
@click.argument("files", nargs=-1)
@click.option(
    "--bundle",
    "bundle_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the counting program as one file, to be run by: python3 recount.pyz FILE",
)
def recount(files: tuple[str, ...], bundle_path: Path | None) -> None:
    """Count FILES again ("-": standard input; a JSON list holds many cases); one result a line."""
    if bundle_path is None and not files:
        raise click.UsageError("name a FILE to count, or --bundle a file to write")
    if bundle_path is not None:
        _write(bundle_path)
    sys.exit(recount_files(files, bytes_of(sys.stdin), click.echo, _complain))


def _complain(line: str) -> None:
    click.echo(line, err=True)


def _write(path: Path) -> None:
    try:
        path.write_bytes(bundle())
    except OSError as fault:
        _complain(one_line(f"{path}: cannot be written: {fault.strerror or fault}"))
        sys.exit(2)
