"""`flask tick`, `flask backup`, `flask restore`: what the machine does, by its clock or by its keeper."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from ..accounts.models import User
from ..core import commandline, ticks
from ..core.db import read
from ..surveys.box import locked_questionnaires
from ..voting.queries.sealed import locked_polls
from .backup import archive
from .backup.manifest import Unusable

file_argument = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


def init_app(app: Flask) -> None:
    for command in (tick, backup, restore):
        app.cli.add_command(command)


@click.command(cls=commandline.Command)
@click.option(
    "--every", type=click.IntRange(1), metavar="SECONDS", help="Again and again, until it is ended."
)
@click.option(
    "--under",
    type=int,
    metavar="PID",
    help="With --every: end by itself when this process, which started it, has.",
)
@with_appcontext
def tick(every: int | None, under: int | None) -> None:
    """Make all moves whose hour has come; run it every minute."""
    if every is not None:
        tick_while(lambda: under is None or os.getppid() == under, every)
    elif under is not None:
        raise click.UsageError("--under goes with --every")
    else:
        _look()
        if not _tick():
            raise click.ClickException("a job failed; the log says why")


def _tick() -> bool:
    """Run every job and say what was done; whether none failed."""
    ran = ticks.run()
    for job in ran:
        if job.moved or job.failed:
            click.echo(f"{job.name}: {'failed' if job.failed else job.moved}")
    return not any(job.failed for job in ran)


def tick_while(there: Callable[[], bool], every: int, look: float = 0.5) -> None:
    """Tick for as long as what it is done for is `there`, looking every so many seconds; a job that fails has its turn
    again."""
    due = time.monotonic()
    while there():
        if time.monotonic() >= due:
            due = time.monotonic() + every
            with current_app.app_context():
                _tick()
        time.sleep(look)


@click.command(cls=commandline.Command)
@with_appcontext
@file_argument
def backup(file: Path) -> None:
    """Write FILE.tar.gz with all rows and files, while the portal runs. It holds personal data."""
    _look()
    try:
        manifest = archive.backup(file)
    except FileExistsError:
        raise click.ClickException(f"{file} exists already; a backup is never overwritten") from None
    except (OSError, SQLAlchemyError) as error:
        raise click.ClickException(f"no backup was made: {error}") from None
    click.echo(f"{file}: {sum(manifest.rows.values())} rows, {_files(manifest.parts)} files")


@click.command()
@with_appcontext
@file_argument
@click.option("--replace", is_flag=True, help="Delete what is in the database first.")
def restore(file: Path, replace: bool) -> None:
    """Put a backup back into an empty portal."""
    if not file.exists():
        raise click.ClickException(f"there is no file {file}")
    try:
        manifest = archive.restore(file, replace=replace)
    except Unusable as refusal:
        raise click.ClickException(f"nothing was restored: {refusal}") from None
    except SQLAlchemyError as error:
        raise click.ClickException(f"nothing was restored: {error.__class__.__name__}: {error}") from None
    for table, count in sorted(manifest.rows.items()):
        if count:
            click.echo(f"  {table:24} {count:>9}")
    click.echo(f"{file}: of {manifest.made_at}, {_files(manifest.parts)} files. Everybody signs in again.")
    click.echo("Contact cards printed before hold only with the SECRET_KEY of then.")
    for what, locked in (("secret polls", locked_polls()), ("questionnaires", locked_questionnaires())):
        if locked:
            click.echo(
                f"Open {what} with papers sealed with another SECRET_KEY: {locked}. They cannot be counted until"
                " that key is SECRET_KEY here, or one of SECRET_KEY_FALLBACKS."
            )


def _look() -> None:
    """Ask the database for anything, so that one without tables is told at once and not by every job."""
    read(sa.select(User.id).limit(1))


def _files(parts: dict[str, str]) -> int:
    return sum(name.startswith("files/") for name in parts)
