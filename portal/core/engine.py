"""The engine: what each database is told when a connection is made, begins and is taken up again.

Neither driver begins on its own. A reader on SQLite begins plainly and sees one moment; on PostgreSQL he does not begin
at all (two statements would see two moments either way), and cannot write. A writer begins at once: behind a kernel
lock on SQLite, where a busy writer is woken instead of sleeping.

That he does not begin is also what keeps his statements prepared: at every ROLLBACK psycopg throws away all it has, and
PostgreSQL would plan the next page from the start, which takes longer than reading it.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from sqlalchemy.exc import DisconnectionError

READING, WRITING = "reading", "writing"
"""What a session begins for; whoever begins past the session (migrations, a backup) says nothing and may write."""
IDLE = 1.0
"""Seconds after which a server is asked whether it is still there."""
_threads = threading.Lock()
_WRITE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN READ WRITE"}
_OTHER = {"sqlite": "BEGIN", "postgresql": "BEGIN READ WRITE"}
_READ = {"sqlite": "BEGIN", "postgresql": ""}


class Turns(Protocol):
    """A writer's turn: `with turns():`."""

    def __call__(self) -> AbstractContextManager[None]: ...


def tune(engine: sa.Engine) -> None:
    """Listen to the engine of an application."""
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _tell_sqlite)
    else:
        sa.event.listen(engine, "connect", _tell_postgresql)
        sa.event.listen(engine, "checkout", _ask)
        sa.event.listen(engine, "checkin", _note)
    sa.event.listen(engine, "begin", _begin)


def turns(engine: sa.Engine) -> Turns:
    """PostgreSQL and a base in memory look after themselves."""
    database = engine.url.database
    if engine.dialect.name != "sqlite" or not database or database == ":memory:":
        return nullcontext
    return _Turns(Path(database + ".lock"))


def _tell_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=wal",
        "synchronous=full",
        "foreign_keys=on",
        "busy_timeout=5000",
        "secure_delete=on",
    ):
        connection.execute(f"pragma {pragma}")


def _tell_postgresql(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    connection.execute("SET default_transaction_read_only = on")
    connection.execute("SET jit = off")  # it pays for statements of seconds only


def _begin(connection: sa.Connection) -> None:
    """Past SQLAlchemy's cursor, which costs a short request as much as one of its reads."""
    driver: Any = connection.connection.dbapi_connection
    asked = connection.get_execution_options().get("begins")
    words = _WRITE if asked == WRITING else _READ if asked == READING else _OTHER
    word = words[connection.dialect.name]
    if word and getattr(
        driver, "autocommit", True
    ):  # it begins on its own where a level of isolation was asked for
        driver.execute(word)


def begin_reading(connection: sa.Connection) -> None:
    """For a cursor of the server, which PostgreSQL keeps in a transaction only."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dialect.name == "postgresql" and driver.info.transaction_status == TransactionStatus.IDLE:
        driver.execute("BEGIN READ ONLY")


def _ask(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that lay idle may have lost its server; another one is made then."""
    if monotonic() - record.info.get("lies_since", 0.0) > IDLE:
        try:
            connection.execute("")
        except Exception as gone:
            raise DisconnectionError() from gone


def _note(connection: Any, record: Any) -> None:
    """Whoever asked for a level of isolation left a driver behind that begins on its own."""
    record.info["lies_since"] = monotonic()
    if connection is not None and not connection.autocommit:
        connection.autocommit = True


class _Turns:
    """One writer at a time over all threads and processes; the kernel frees the lock when a process dies.

    The file is opened once a process: a lock belongs to what was opened, so a forked child needs an opening of its own.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._opened = path, (0, -1)

    @contextmanager
    def __call__(self) -> Iterator[None]:
        with _threads:
            held = self._file()
            fcntl.flock(held, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(held, fcntl.LOCK_UN)

    def _file(self) -> int:
        process, number = self._opened
        if process != os.getpid():
            number = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._opened = os.getpid(), number
        return number
