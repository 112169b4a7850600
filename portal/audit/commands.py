"""`flask audit digest` every night, `flask audit verify` whenever somebody doubts."""

from pathlib import Path

import click
from flask import Flask, current_app

from ..core import commandline
from . import links

audit = commandline.Group("audit", help="The log of what happened, and the proof that nobody changed it.")
file_option = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path),
    help="The chain (default: audit-chain in the data folder).",
)


def init_app(app: Flask) -> None:
    app.cli.add_command(audit)


@audit.command()
@file_option
def digest(path: Path | None) -> None:
    """Chain the new rows to those before and print the line, to be kept elsewhere too."""
    try:
        made = links.extend(_path(path))
    except ValueError:
        raise click.ClickException(
            "the chain holds a line that is no link; run `flask audit verify`"
        ) from None
    click.echo(str(made) if made else "nothing new")


@audit.command()
@file_option
def verify(path: Path | None) -> None:
    """Compute every link again from the log; ends with an error if one no longer fits or there is none."""
    where = _path(path)
    try:
        count, broken = len(links.read(where)), links.broken(where)
    except ValueError:
        raise click.ClickException("the chain holds a line that is no link: it was changed") from None
    if not count:
        raise click.ClickException(f"there is no chain at {where}; `flask audit digest` begins one")
    for written, today in broken:
        what = "rows" if written.digest != today.digest else "link"
        click.echo(
            f"{written.first}-{written.last}: {what} changed, {written.rows} rows then, {today.rows} now"
        )
    if broken:
        raise click.ClickException(f"{len(broken)} of {count} links no longer fit the log")
    click.echo(f"{count} links fit the log")


def _path(given: Path | None) -> Path:
    return given or Path(current_app.config["INSTANCE"]) / "audit-chain"
