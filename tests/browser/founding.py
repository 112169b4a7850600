"""A community from nothing, as a real one begins: commands on the machine, the roster on its page, printed cards."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from portal.accounts.actions.people import register
from portal.accounts.actions.posts import give_role
from portal.accounts.models import Role, User
from portal.accounts.passwords import hashed
from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.home.backup import rows
from portal.places.models import Place, PlaceKind
from tests.demo.instance import NOW

from .people import Person
from .serving import Portal

COMMUNITY, ESTATE, BUILDING = "东府社区", "东府嘉和", "19号楼"
ROSTER = Path(__file__).parents[1] / "data" / "roster-small.csv"
MISSING_ROW = "2单元,7,701,住宅,,产权证,"
MENDED_ROW = "2单元,7,701,住宅,131.19,产权证,"
PASSWORD = "yi-shi-ting-19"


@dataclass(frozen=True)
class Somebody:
    """`door`: as the card of the unit says it; staff have none."""

    name: str
    phone: str
    door: str = ""


ADMINISTRATOR = Somebody("罗启明", "19900000001")
SECRETARY = Somebody("冯小霞", "19900000002")
WORKER = Somebody("沈佳慧", "19900000003")
CHAIR = Somebody("阎晓明", "19900050651", "19号楼1单元601室")
OWNER = Somebody("石秀兰", "19900050555", "19号楼1单元501室")
QUIET = Somebody("梁明", "19900050159", "19号楼2单元1102室")
"""Votes with scripts switched off."""
NEIGHBOUR = Somebody("余启明", "19900050878", "19号楼1单元701室")
"""Carries the letter of the lady next door."""


def found(app: Flask) -> None:
    """Tables, the community and its first administrator, by the commands of docs/operations.md."""
    with clock.frozen(NOW), _password(PASSWORD):
        with app.app_context():
            rows.prepare()
        run(app, "places", "community", COMMUNITY)
        run(app, "accounts", "administrator", "--name", ADMINISTRATOR.name, "--phone", ADMINISTRATOR.phone)


def run(app: Flask, *words: str) -> str:
    """A `flask` command; what it printed."""
    done = app.test_cli_runner().invoke(args=list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def engage(portal: Portal, role: Role, who: Somebody, place: str) -> None:
    """Somebody gets a post; who has no account yet gets one."""
    with portal.app.app_context(), clock.frozen(portal.now):
        community = db.session.scalars(sa.select(Place).where(Place.kind == PlaceKind.COMMUNITY)).one()
        user = db.session.scalars(sa.select(User).where(User.phone == who.phone)).first() or register(
            system(), community, name=who.name, phone=who.phone, password_hash=hashed(PASSWORD, 1)
        )
        there = db.session.scalars(sa.select(Place).where(Place.name == place)).one()
        give_role(system(), there, user=user, role=role)
        db.session.remove()


class Registry:
    """The register's beginnings at the desk, then neighbours who come with their cards."""

    def __init__(self, arrive: Callable[..., Person], look: Callable[[Person, str], None]) -> None:
        self.arrive, self.look = arrive, look
        self.codes: dict[str, str] = {}

    def take_the_roster(self, administrator: Person) -> None:
        administrator.go("/rosters")
        administrator.one("#file").set_input_files(ROSTER)
        administrator.press("读文件")
        administrator.sees("收进去就新增 59 套。没有收的 2 行不影响其他行", ESTATE, "没有面积")
        self.look(administrator, "roster-read")
        administrator.press("收进房屋名册")
        administrator.sees("已经收进房屋名册")

    def take_what_was_missing(self, administrator: Person) -> None:
        """The unit whose area nobody had written down, in a file of one row."""
        head, *rows = ROSTER.read_text("utf-8-sig").splitlines()
        row = next(row for row in rows if f",{MISSING_ROW}" in row).replace(MISSING_ROW, MENDED_ROW)
        file = {"name": "701.csv", "mimeType": "text/csv", "buffer": f"{head}\n{row}\n".encode()}
        administrator.go("/rosters")
        administrator.one("#file").set_input_files(file)  # type: ignore[arg-type]
        administrator.press("读文件")
        administrator.sees("新增 1 套")
        administrator.press("收进房屋名册")
        administrator.sees("已经收进房屋名册")

    def print_cards(self, desk: Person) -> None:
        """The codes of all units of the building, from the one sheet that shows them."""
        desk.go("/cards")
        desk.follow(BUILDING)
        desk.press("印卡")
        cards = desk.one(".contact-card")
        cards.first.wait_for()
        self.look(desk, "cards")
        said = zip(
            cards.locator("b").all_inner_texts(), cards.locator(".code").all_inner_texts(), strict=True
        )
        self.codes = {door.removeprefix(f"{ESTATE} "): code for door, code in said}

    def claim(self, who: Somebody, **options: object) -> Person:
        """He scans his card, makes an account and stays signed in."""
        person = self.arrive(**options)
        person.go(f"/claim/{self.codes[who.door].replace(' ', '')}")
        person.write("姓名", who.name)
        person.write("手机号", who.phone)
        person.write("密码", PASSWORD)
        person.one("[name=owner]").first.check()
        self.look(person, "claim")
        person.press("建账号并认领")
        person.sees("认领好了", inside="body")
        return person


@contextmanager
def _password(words: str) -> Iterator[None]:
    """What the administrator's command reads where nobody sits at the terminal."""
    before = os.environ.get("PASSWORD")
    os.environ["PASSWORD"] = words
    try:
        yield
    finally:
        if before is None:
            del os.environ["PASSWORD"]
        else:
            os.environ["PASSWORD"] = before
