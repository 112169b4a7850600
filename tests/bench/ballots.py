"""Ballots through the whole path (session, CSRF, permission, commit) beside the bare database's commits."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from . import cpu
from .load import Outcome, fire, request
from .pages import percentile
from .plan import Ballot, Box
from .server import Running

CONNECTIONS = 64
SECONDS = 60.0
COMMITS = 2000
VISITS = 10
"""One voter of so many is measured step by step and before the rush."""


@dataclass(frozen=True)
class BallotFigures:
    box: str
    per_second: float
    p50_ms: float
    p95_ms: float
    longest_ms: float
    """The longest that one of 64 voters waited behind the others."""
    app_ms: float
    database_ms: float
    steps: dict[str, float]
    """CPU of application and database for each step of a voter's visit, in ms."""
    acknowledged: int
    refused: int
    """Answers other than 200 and 303, and broken connections."""
    in_database: int
    commits_per_second: float
    """The database alone: one connection, one row, one durable commit each."""


@dataclass(frozen=True)
class Meter:
    """A server under load and what it and its database spend."""

    server: Running
    database_pid: int | None

    def fire(self, wires: Sequence[bytes]) -> tuple[Outcome, float, float]:
        """Every request once, 64 at a time. The outcome, and CPU ms of application and database a request."""
        app, database = self.spent()
        outcome = fire(
            self.server.port,
            wires,
            total=len(wires),
            connections=min(CONNECTIONS, len(wires)),
            seconds=SECONDS,
        )
        app_after, database_after = self.spent()
        each = 1000 / max(len(wires), 1)
        return outcome, (app_after - app) * each, (database_after - database) * each

    def spent(self) -> tuple[float, float]:
        """Seconds of CPU of application and database until now."""
        return cpu.seconds_of(self.server.pid), cpu.seconds_of(
            self.database_pid
        ) if self.database_pid else 0.0


def measure_ballots(box: Box, meter: Meter, commits_per_second: float) -> BallotFigures:
    """Some voters step by step, then all the others at once, 64 at a time."""
    visitors, rush = box.ballots[::VISITS], [b for n, b in enumerate(box.ballots) if n % VISITS]
    steps, visited = _visit(visitors, meter)
    outcome, app_ms, database_ms = meter.fire([_posted(ballot, "/ballot") for ballot in rush])
    counted = _counted(outcome)
    return BallotFigures(
        box.name, counted / outcome.seconds, 1000 * percentile(outcome.latencies, 50),
        1000 * percentile(outcome.latencies, 95), 1000 * percentile(outcome.latencies, 100),
        app_ms, database_ms, steps, counted + visited, len(box.ballots) - counted - visited, 0, commits_per_second,
    )  # fmt: skip


def _visit(ballots: Sequence[Ballot], meter: Meter) -> tuple[dict[str, float], int]:
    """What each step costs, and how many of their ballots were acknowledged."""
    steps = {
        "page": [request(ballot.page, cookie=ballot.cookie) for ballot in ballots],
        "review": [_posted(ballot, "/review") for ballot in ballots],
        "ballot": [_posted(ballot, "/ballot") for ballot in ballots],
        "receipt": [request(ballot.page + "/receipt", cookie=ballot.cookie) for ballot in ballots],
    }
    fired = {step: meter.fire(wires) for step, wires in steps.items()}
    costs = {step: app_ms + database_ms for step, (_outcome, app_ms, database_ms) in fired.items()}
    return costs, _counted(fired["ballot"][0])


def _posted(ballot: Ballot, step: str) -> bytes:
    return request(ballot.page + step, cookie=ballot.cookie, body=ballot.body)


def _counted(outcome: Outcome) -> int:
    return outcome.statuses[200] + outcome.statuses[303]


def sqlite_commits(folder: Path) -> float:
    """Single-row commits a second of SQLite with the portal's settings, on the same disk."""
    connection = sqlite3.connect(folder / "commits.sqlite3", isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=full"):
        connection.execute(f"pragma {pragma}")
    connection.execute("create table paper (poll int, voter int, choice int, unique (poll, voter))")
    started = time.perf_counter()
    for voter in range(COMMITS):
        connection.execute("insert into paper values (1, ?, 2)", (voter,))
    elapsed = time.perf_counter() - started
    connection.close()
    return COMMITS / elapsed


def postgres_commits(address: str) -> float:
    """The same of PostgreSQL; `address` is that of a database of its own, as for DATABASE_URL."""
    with psycopg.connect(address.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute("create table paper (poll int, voter int, choice int, unique (poll, voter))")
        started = time.perf_counter()
        for voter in range(COMMITS):
            connection.execute("insert into paper values (1, %s, 2)", (voter,))
        return COMMITS / (time.perf_counter() - started)
