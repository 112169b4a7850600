"""Everybody at once against the real server with two workers, one of them killed in the middle, and the hour passes.

Every acknowledged ballot is counted once, none after the hour, and the count file recounts to what is certified.
"""

import asyncio
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bench.child import in_child
from tests.bench.server import serving
from tests.postgres import postgres_server
from tests.storm.clients import Telephone, storm
from tests.storm.ground import Ground, Outcomes, finish, prepare

VOTERS = 200
SECONDS = 25.0
"""From the preparation to the hour: the server starts in it."""
KILL_BEFORE = 3.0
"""Seconds before the hour."""


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """An empty database of the kind this run is about, with commits that last."""
    if os.environ.get("PORTAL_TEST_DATABASE") == "postgresql":
        with postgres_server(durable=True) as server:
            yield server("storm")
    else:
        yield f"sqlite:///{folder / 'storm.sqlite3'}"


def workers(master: int) -> list[int]:
    found = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [int(pid) for pid in found]


async def play(ground: Ground, phones: list[Telephone], port: int, master: int) -> None:
    async def kill() -> None:
        await asyncio.sleep((ground.closes_at - datetime.now(UTC)).total_seconds() - KILL_BEFORE)
        os.kill(workers(master)[-1], signal.SIGKILL)

    await asyncio.gather(storm(phones, port, ground.polls, ground.closes_at), kill())


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ground, list[Telephone], Outcomes]]:
    folder = tmp_path_factory.mktemp("storm")
    with database(folder) as address:
        environment = {
            "DATABASE_URL": address,
            "PORTAL_INSTANCE": str(folder),
            "SECRET_KEY": "a key for the storm only, 32 long",
        }
        ground: Ground = in_child(environment, prepare, VOTERS, SECONDS)
        phones = [
            Telephone(account, cookie, token, secret=n % 2 == 1)
            for n, (account, cookie, token) in enumerate(ground.sessions)
        ]
        with serving("granian", "wsgi:app", environment) as server:
            assert datetime.now(UTC) < ground.closes_at, "the server took the whole time to start"
            with ThreadPoolExecutor(
                1
            ) as apart:  # a browser test before this one leaves its loop running here
                apart.submit(asyncio.run, play(ground, phones, server.port, server.pid)).result()
        yield ground, phones, in_child(environment, finish, ground)


def test_nobody_was_answered_strangely_and_most_in_time(
    played: tuple[Ground, list[Telephone], Outcomes],
) -> None:
    _ground, phones, _outcomes = played
    assert [p.strange for p in phones if p.strange] == []
    assert sum(bool(p.choice) for p in phones) > VOTERS / 2


def test_every_acknowledged_ballot_is_there_as_it_was_acknowledged(
    played: tuple[Ground, list[Telephone], Outcomes],
) -> None:
    _ground, phones, outcomes = played
    named = [p for p in phones if not p.secret]
    said = {p.account: {p.choice, *p.perhaps} for p in named}
    missing = {p.account for p in named if p.choice} - set(outcomes.marks)
    wrong = {who: marks for who, marks in outcomes.marks.items() if marks not in said[who]}
    assert (missing, wrong) == (set(), {})


def test_every_voter_of_the_secret_poll_is_counted_once(
    played: tuple[Ground, list[Telephone], Outcomes],
) -> None:
    _ground, phones, outcomes = played
    secret = [p for p in phones if p.secret]
    assert {p.account for p in secret if p.choice} <= outcomes.voted <= {p.account for p in secret if p.forms}
    assert outcomes.papers == outcomes.receipts == len(outcomes.voted)


def test_nothing_was_taken_after_the_hour(played: tuple[Ground, list[Telephone], Outcomes]) -> None:
    ground, phones, outcomes = played
    assert sum(p.acknowledged_late for p in phones) == 0
    assert outcomes.latest is not None
    assert outcomes.latest < ground.closes_at


def test_both_counts_are_what_is_certified(played: tuple[Ground, list[Telephone], Outcomes]) -> None:
    assert played[2].recounted
