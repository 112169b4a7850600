"""Ballots through the whole path (session, CSRF, permission, commit) beside the bare database's commits."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from . import cpu
from .load import fire, request
from .pages import percentile
from .plan import Ballot
from .server import Running

CONNECTIONS = 64
SECONDS = 60.0
COMMITS = 2000


@dataclass(frozen=True)
class BallotFigures:
    per_second: float
    p50_ms: float
    p95_ms: float
    longest_ms: float
    app_ms: float
    database_ms: float
    acknowledged: int
    refused: int
    """Answers other than 200 and 303, and broken connections."""
    commits_per_second: float
    """The database alone: one connection, one row, one durable commit each."""


def measure_ballots(
    ballots: Sequence[Ballot], server: Running, database_pid: int | None, commits_per_second: float
) -> BallotFigures:
    """Every ballot once, from 64 clients at a time."""
    wires = [request(ballot.path, cookie=ballot.cookie, body=ballot.body) for ballot in ballots]
    app, database = cpu.seconds_of(server.pid), cpu.seconds_of(database_pid) if database_pid else 0.0
    outcome = fire(server.port, wires, total=len(wires), connections=CONNECTIONS, seconds=SECONDS)
    app_cpu = cpu.seconds_of(server.pid) - app
    database_cpu = cpu.seconds_of(database_pid) - database if database_pid else 0.0
    counted = outcome.statuses[200] + outcome.statuses[303]
    return BallotFigures(
        counted / outcome.seconds, 1000 * percentile(outcome.latencies, 50),
        1000 * percentile(outcome.latencies, 95), 1000 * percentile(outcome.latencies, 100),
        1000 * app_cpu / len(wires), 1000 * database_cpu / len(wires),
        counted, len(wires) - counted, commits_per_second,
    )  # fmt: skip


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
