"""The command line: how it says no."""

from typing import IO, Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

REFUSED = 2
"""Exit code when what was asked, or a file, is refused; the reason is one line on standard error."""


class Refused(click.ClickException):
    """One line on standard error and the exit code of a refusal."""

    exit_code = REFUSED

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence alone."""
        click.echo(self.message, err=True)


def refused(sentence: str) -> Refused:
    """To be raised: ends the command with the sentence, on one line."""
    return Refused(" ".join(sentence.split()))


class _WithTables(click.Command):
    """Where the database has no tables yet it says how to make them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises Refused before `flask db upgrade`."""
        try:
            return super().invoke(ctx)
        except DBAPIError as error:
            if not _without_tables(error):
                raise
            raise refused("数据库里还没有表。先运行：flask --app portal db upgrade") from None


class Group(_WithTables, AppGroup):
    """Commands of a feature."""


class Command(_WithTables):
    """A command that stands alone: `@click.command(cls=Command)`."""


def _without_tables(error: DBAPIError) -> bool:
    """Whether a table was asked for that is not there, as SQLite and PostgreSQL say it."""
    return "no such table" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "42P01"
