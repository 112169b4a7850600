"""The command line of councils: `flask council found`, for who sets a community up on the machine."""

import click
from flask import Flask

from ..core import commandline
from ..core.actor import system
from ..core.commandline import refused
from ..core.errors import Refusal
from ..places.commands import community_called
from .actions.table import found_council

council = commandline.Group("council", help="The council of a community.")


def init_app(app: Flask) -> None:
    app.cli.add_command(council)


@council.command("found")
@click.argument("name")
@click.option("--community", default="", help="Name of the community; not needed if there is only one.")
@click.option(
    "--endorsements", default=10, show_default=True, help="Households that bring a topic to screening."
)
@click.option("--days", default=3, show_default=True, help="Working days in which the community answers.")
def found(name: str, community: str, endorsements: int, days: int) -> None:
    """Found the council called NAME."""
    try:
        made = found_council(
            system(),
            community_called(community),
            name=name,
            endorsements_needed=endorsements,
            screening_days=days,
        )
    except Refusal as refusal:
        raise refused(str(refusal)) from None
    click.echo(f"{made.name}\t{made.place_path}")
