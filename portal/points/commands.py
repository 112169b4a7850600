"""`flask points audit`: are the books right?"""

import click
from flask import Flask
from flask.cli import AppGroup

from . import checks

points = AppGroup("points", help="The books of the points.")


def init_app(app: Flask) -> None:
    app.cli.add_command(points)


@points.command()
def audit() -> None:
    """Compute every balance again from the entries; ends with an error if anything does not agree."""
    wrong = list(checks.wrong())
    for name, rows in wrong:
        click.echo(f"wrong: {name}: {', '.join(map(str, rows))}")
    if wrong:
        raise click.ClickException(f"{len(wrong)} of {len(checks.CHECKS)} checks found something")
    click.echo(f"{len(checks.CHECKS)} checks, the books are right")
