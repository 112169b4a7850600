"""`flask demo`: the living demo community, built once."""

import time

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from ..core import commandline
from ..core.errors import Refusal
from .build import PASSWORD, build, built
from .ground import ADMINISTRATOR, COMMUNITY
from .sources import Broken, Fields, people
from .words import POSTS


def init_app(app: Flask) -> None:
    app.cli.add_command(demo)


@click.group(cls=commandline.Group, invoke_without_command=True)
@click.option("--force", is_flag=True, help="Build it beside the communities that are there.")
@click.pass_context
@with_appcontext
def demo(context: click.Context, force: bool) -> None:
    """Build the demo community 东兴社区 if it is not there yet, and print who can sign in.

    Only where PORTAL_DEMO is yes: everybody's password is printed, so never on a portal that people use.
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
        if built(force):
            click.echo(f"{COMMUNITY} is there already.")
        else:
            click.echo(
                f"Building {COMMUNITY}, 4,470 homes and half a year of its council: a minute, once ..."
            )
            build()
            click.echo(f"Done in {time.monotonic() - started:.0f} seconds.")
    except (Refusal, Broken) as refusal:
        raise click.ClickException(f"the demo was not built: {refusal}") from refusal
    _print_sign_ins()


@demo.command("sign-ins")
def sign_ins() -> None:
    """Print who can sign in."""
    _print_sign_ins()


def _print_sign_ins() -> None:
    click.echo(f"\n  {COMMUNITY}：用手机号登录，密码都是 {PASSWORD}\n")
    for told in people().values():
        click.echo(
            f"  {told['phone']}  {told['name']:　<3}  {_part(told):　<6}  {told['about'].rstrip('。')}"
        )
    name, phone = ADMINISTRATOR
    click.echo(f"  {phone}  {name:　<3}  系统管理员")


def _part(told: Fields) -> str:
    """What he is in the community: his post, or how he belongs to his home."""
    role = told["roles"][0]["role"]
    return POSTS[role][1] if role in POSTS else {"owner": "业主", "tenant": "租户"}[role]
