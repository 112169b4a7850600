"""`flask points audit`: are the books right? `flask points sample`: was it drawn as its seed says?"""

from datetime import datetime

import click
import sqlalchemy as sa
from flask import Flask

from ..core import commandline
from ..core.db import db
from . import checks
from .actions.sampling import chosen, of_month
from .models.programme import Programme
from .models.thanks import Sample

points = commandline.Group("points", help="The books of the points.")


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


@points.command()
@click.argument("month", type=click.DateTime(["%Y-%m"]))
def sample(month: datetime) -> None:
    """Draw the sample of a month (2026-06) again from the seed that hangs out; ends with an error if it is another."""
    first, wrong = month.date(), 0
    for programme in db.session.scalars(sa.select(Programme).order_by(Programme.id)):
        rows = list(
            db.session.scalars(
                sa.select(Sample)
                .where(Sample.programme_id == programme.id, Sample.month == first)
                .order_by(Sample.entry_id)
            )
        )
        if rows:
            again = chosen(rows[0].seed, first, of_month(programme, first))
            agrees = again == [row.entry_id for row in rows]
            wrong += not agrees
            click.echo(
                f"{programme.place_path} {rows[0].seed}: {', '.join(map(str, again))} {'' if agrees else '!'}"
            )
    if wrong:
        raise click.ClickException("what was drawn is not what the seed says")
