"""Several processes at the same books at the same moment, with real commits; one of them is killed in the middle."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.points.actions.answering import appeal
from portal.points.models import Pool, Programme
from tests import world as worlds
from tests.conftest import SETTINGS
from tests.points.conftest import Books, assert_right, open_books
from tests.postgres import postgres_server
from tests.world import NOW, World

PATIENCE = 120


class Process:
    """Runs one job after the other in a process of its own."""

    def __init__(self, address: str) -> None:
        command = [sys.executable, "-m", "tests.points.rush", address]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, job: str, whose: int, key: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{job} {whose} {key}\n")
        self.process.stdin.flush()

    def said(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)


@dataclass
class Shared:
    """Books in a database that keeps what is committed, and processes that use them."""

    app: Flask
    world: World
    processes: list[Process]

    def rush(self, *jobs: tuple[str, int, str]) -> Counter[str]:
        """What became of jobs that begin together, each in a process."""
        running = self.processes[: len(jobs)]
        for process, job in zip(running, jobs, strict=True):
            process.ask(*job)
        return Counter(process.said() for process in running)

    def fund(self, name: str, key: str) -> int:
        """Ten points for somebody; his number."""
        with self.app.app_context(), clock.frozen(NOW):
            self.books().earn(name, 10, key)
        return self.world.ids[name]

    def held(self, name: str, key: str) -> int:
        with self.app.app_context(), clock.frozen(NOW):
            return self.books().hold(name, 8, key).id

    def balance(self, name: str) -> int:
        """After all checks of the books."""
        with self.app.app_context(), clock.frozen(NOW):
            assert_right()
            return self.books().balance(name)

    def books(self) -> Books:
        programme = db.session.query(Programme).one()
        return Books(self.world, programme, db.session.query(Pool).filter_by(programme_id=programme.id).one())


@contextmanager
def database(folder: Path) -> Iterator[str]:
    if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
        with postgres_server() as server:
            yield server("rush")
    else:
        yield f"sqlite:///{folder / 'rush.sqlite3'}"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder = tmp_path_factory.mktemp("rush")
    with database(folder) as address:
        app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address})
        with app.app_context(), clock.frozen(NOW):
            db.create_all()
            world = worlds.build()
            open_books(world)
        processes = [Process(address) for _ in range(4)]
        assert [p.said() for p in processes] == ["ready"] * 4
        yield Shared(app, world, processes)
        for process in processes:
            process.kill()
        with app.app_context():
            db.engine.dispose()


def test_p02_of_two_spends_of_one_balance_exactly_one_is_made(shared: Shared) -> None:
    owner = shared.fund("owner", "p02")
    assert shared.rush(("hold", owner, "a"), ("hold", owner, "b")) == {"done": 1, "insufficient": 1}
    assert shared.balance("owner") == 2


def test_the_same_keys_at_once_are_entered_once(shared: Shared) -> None:
    tenant = shared.fund("tenant", "same")
    assert shared.rush(*[("hold", tenant, "one")] * 4) == {"done": 4}
    assert shared.balance("tenant") == 2
    assert shared.rush(*[("earn", tenant, "twelve")] * 4) == {"done": 4}
    assert shared.balance("tenant") == 2 + 36


def test_a_hold_is_confirmed_at_one_of_the_desks_or_given_back(shared: Shared) -> None:
    shared.fund("chair", "code")
    held = shared.held("chair", "code hold")
    got = shared.rush(("confirm", held, "desk1"), ("confirm", held, "desk2"), ("release", held, "himself"))
    assert got == {"done": 1, "closed": 2}
    assert shared.balance("chair") in (2, 10)


def test_many_at_once_lose_and_double_nothing(shared: Shared) -> None:
    who = [shared.fund(name, f"many {name}") for name in ("co_owner", "merchant")]
    assert shared.rush(*(("earn", who[n % 2], f"many:{n}") for n in range(4))) == {"done": 4}
    assert [shared.balance(name) for name in ("co_owner", "merchant")] == [10 + 72, 10 + 72]


def test_of_four_appeals_at_once_five_altogether_are_open(shared: Shared) -> None:
    """Three are open already: two of the four come in, and the others read why."""
    with shared.app.app_context(), clock.frozen(NOW):
        books, actor = shared.books(), shared.world.owner
        entries = [books.earn("owner", 1, f"appeal {n}") for n in range(3 + 4)]
        for entry in entries[:3]:
            appeal(actor, entry, text="不对")
        ids = [entry.id for entry in entries[3:]]
    assert shared.rush(*(("appeal", n, "不对") for n in ids)) == {"done": 2, "Conflict": 2}


def test_killed_in_the_middle_nothing_of_it_is_there_and_the_books_go_on(shared: Shared) -> None:
    worker, process = shared.fund("worker", "killed"), shared.processes[-1]
    process.ask("die", worker, "dead")
    assert process.said() == "in the middle"
    process.kill()
    assert shared.balance("worker") == 10
    assert shared.rush(("hold", worker, "dead")) == {"done": 1}
    assert shared.balance("worker") == 2
