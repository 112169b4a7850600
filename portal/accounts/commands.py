"""`flask accounts`: the first administrator, and a way back in when nobody can open the desk."""

import getpass
import os
import sys
from typing import NoReturn

import click
import sqlalchemy as sa
from flask import Flask, current_app

from ..core import commandline, signs
from ..core.actor import system
from ..core.db import db
from ..core.errors import Refusal
from ..places.models import Place, PlaceKind
from . import names, passwords
from .actions.cards import issue_reset_code
from .actions.people import register
from .actions.posts import give_role
from .models import Role
from .queries.people import by_identifier

accounts = commandline.Group("accounts", help="Accounts: the first administrator, reset codes.")


def init_app(app: Flask) -> None:
    app.cli.add_command(accounts)


@accounts.command("administrator")
@click.option("--name", required=True, help="Real name.")
@click.option("--phone", required=True, help="11 digits; signs in with it.")
@click.option("--community", help="Name of the community; not needed where there is one.")
def administrator(name: str, phone: str, community: str | None) -> None:
    """Give a person the administrator's post, with a new account or the one he has."""
    try:
        place = _community(community)
        number = names.phone(phone)
        assert number is not None
        user = by_identifier(number) or register(
            system(), place, name=names.person_name(name), phone=number, password_hash=_password(number)
        )
        give_role(system(), place, user=user, role=Role.ADMINISTRATOR)
    except Refusal as refusal:
        _stop(" ".join(refusal.reasons) or "这个人的账号在别的社区。")
    click.echo(f"{place.name}：好了，现在可以用这个手机号登录。")


@accounts.command("reset-code")
@click.argument("phone")
def reset_code(phone: str) -> None:
    """A one-time code with which the person sets a new password within a day."""
    user = by_identifier(names.identifier(phone))
    if user is None:
        _stop("没有这个手机号或登录名的账号。")
    code = issue_reset_code(system(), user, secret=str(current_app.config["SECRET_KEY"]))
    click.echo(signs.grouped(code))


def _community(name: str | None) -> Place:
    found = sa.select(Place).where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.id)
    if name:
        found = found.where(Place.name == name)
    places = list(db.session.scalars(found.limit(2)))
    if not places:
        _stop("没有这个社区。先用 flask places community 名称 建一个。")
    if len(places) > 1:
        _stop("有好几个社区，请用 --community 写明是哪一个。")
    return places[0]


def _password(number: str) -> str:
    """From the terminal, twice; scripts put it into PASSWORD."""
    typed = os.environ.get("PASSWORD")
    if typed is None:
        if not sys.stdin.isatty():
            _stop("没有终端可以问密码：请把它放进环境变量 PASSWORD。")
        typed = getpass.getpass("密码：")
        if getpass.getpass("再写一遍：") != typed:
            _stop("两遍不一样。")
    passwords.check(typed, number)
    return passwords.hashed(typed, int(current_app.config["PASSWORD_COST"]))


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(2)
