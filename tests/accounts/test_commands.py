"""`flask accounts`: the first administrator and a reset code, from the command line."""

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.door import enter
from portal.accounts.models import User
from portal.core.db import db
from tests.conftest import Client
from tests.world import PASSWORD, World

FIRST = ["accounts", "administrator", "--name", "周立新", "--phone", "199 0000 1111"]


def test_the_first_administrator(app: Flask, world: World) -> None:
    run = app.test_cli_runner(env={"PASSWORD": PASSWORD})
    several = run.invoke(args=FIRST)
    assert (several.exit_code, several.stdout) == (2, "")
    assert "--community" in several.stderr
    done = run.invoke(args=[*FIRST, "--community", "梧桐社区"])
    assert done.exit_code == 0, done.output
    user = db.session.scalars(sa.select(User).where(User.phone == "19900001111")).one()
    world.ids["first"] = user.id
    assert world.actor("first").holds("administrator", world.paths["community"])
    assert enter("19900001111", PASSWORD, 1).id == user.id
    again = run.invoke(args=[*FIRST, "--community", "梧桐社区"])
    assert again.exit_code == 2
    del world.ids["first"]


@pytest.mark.parametrize(
    ("args", "password", "sentence"),
    [
        (["--phone", "123"], PASSWORD, "11 位"),
        (["--community", "没有这个"], PASSWORD, "没有这个社区"),
        ([], "short", "至少 8 位"),
        (["--name", "7"], PASSWORD, "姓名"),
        (["--phone", "19900000010"], PASSWORD, "别的社区"),
    ],
)
def test_what_cannot_be_is_one_line_and_two(
    app: Flask, world: World, args: list[str], password: str, sentence: str
) -> None:
    run = app.test_cli_runner(env={"PASSWORD": password})
    done = run.invoke(args=[*FIRST, "--community", "梧桐社区", *args])
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_a_terminal_the_password_comes_from_the_environment(app: Flask, world: World) -> None:
    done = app.test_cli_runner().invoke(args=[*FIRST, "--community", "梧桐社区"])
    assert done.exit_code == 2
    assert "PASSWORD" in done.stderr


def test_a_reset_code_opens_the_door(app: Flask, client: Client, world: World) -> None:
    done = app.test_cli_runner().invoke(args=["accounts", "reset-code", "199-0000-0004"])
    assert done.exit_code == 0
    client.sign_in(None)
    reply = client.submit("/reset", {"code": done.stdout.strip(), "password": "a new sentence"})
    assert reply.location == "/sign-in"
    assert app.test_cli_runner().invoke(args=["accounts", "reset-code", "19900009999"]).exit_code == 2
