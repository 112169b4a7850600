"""`flask demo`: the living demo community, built once."""

import time

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from ..core.errors import Refusal
from .build import PASSWORD, Broken, build, standing
from .ground import ADMINISTRATOR, COMMUNITY
from .sources import people


def init_app(app: Flask) -> None:
    app.cli.add_command(demo)


@click.group(cls=AppGroup, invoke_without_command=True)
@click.option("--force", is_flag=True, help="Build it beside the communities that are there.")
@click.pass_context
@with_appcontext
def demo(context: click.Context, force: bool) -> None:
    """Build the demo community 东兴社区 if it is not there yet. Only where PORTAL_DEMO is yes.

    Everybody in it is invented, and everybody's password is printed: never on a portal that people use.
    """
    if not current_app.config["DEMO"]:
        raise click.ClickException(
            "the demo is built only where PORTAL_DEMO=yes says that this is no real portal"
        )
    if context.invoked_subcommand is None:
        _build(force)


def _build(force: bool) -> None:
    started = time.monotonic()
    try:
        if standing(force):
            click.echo(f"{COMMUNITY} is there already.")
            return
        click.echo(
            f"Building {COMMUNITY}: 4,470 homes and a year of its council. This takes a minute, once ..."
        )
        build()
    except (Refusal, Broken) as refusal:
        raise click.ClickException(f"the demo was not built: {refusal}") from refusal
    click.echo(f"Done in {time.monotonic() - started:.0f} seconds.")


@demo.command("sign-ins")
def sign_ins() -> None:
    """Print who can sign in."""
    click.echo(f"\n  {COMMUNITY}：用手机号登录，密码都是 {PASSWORD}\n")
    for phone, name, about in _people():
        click.echo(f"  {phone}  {name}　{about}")


def _people() -> list[tuple[str, str, str]]:
    named = [(told["phone"], told["name"], told["about"].rstrip("。")) for told in people().values()]
    return [*named, (ADMINISTRATOR[1], ADMINISTRATOR[0], "系统管理员")]
