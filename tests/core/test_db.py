"""The door for writing, on a real SQLite file with real commits: who waits for whom."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal import create_app
from portal.core.db import db, transaction

PATIENCE = 20
"""Seconds that a thread is waited for before the test fails."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application on a file of its own."""
    folder: Path = tmp_path_factory.mktemp("own")
    app = create_app(
        {
            "TESTING": True,
            "PORTAL_INSTANCE": str(folder),
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'own.sqlite3'}",
        }
    )
    with app.app_context(), transaction():
        db.session.execute(sa.text("CREATE TABLE note (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)"))
        db.session.execute(sa.text("INSERT INTO note (id, n) VALUES (1, 0)"))
    return app


@pytest.fixture(autouse=True)
def clean(own: Flask) -> Iterator[None]:
    with own.app_context(), transaction():
        db.session.execute(sa.text("DELETE FROM note WHERE id > 1"))
        db.session.execute(sa.text("UPDATE note SET n = 0"))
    with own.app_context():
        yield


@contextmanager
def begins(app: Flask) -> Iterator[list[str]]:
    """What was said to begin each transaction."""
    seen: list[str] = []

    def trace(connection: Any, *_rest: Any) -> None:
        connection.set_trace_callback(lambda said: seen.append(said) if said.startswith("BEGIN") else None)

    def untrace(connection: Any, *_rest: Any) -> None:
        connection.set_trace_callback(None)

    sa.event.listen(db.engine, "checkout", trace)
    sa.event.listen(db.engine, "checkin", untrace)
    try:
        yield seen
    finally:
        sa.event.remove(db.engine, "checkout", trace)
        sa.event.remove(db.engine, "checkin", untrace)


def count() -> int:
    value = db.session.scalar(sa.text("SELECT n FROM note WHERE id = 1"))
    db.session.rollback()
    return int(value)


def test_readers_begin_plainly_and_writers_at_once(own: Flask) -> None:
    with begins(own) as seen:
        count()
        with transaction():
            pass
        count()
    assert seen == ["BEGIN", "BEGIN IMMEDIATE", "BEGIN"]


def test_pragmas_are_set(own: Flask) -> None:
    said = {
        p: db.session.scalar(sa.text(f"PRAGMA {p}"))
        for p in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_savepoint_that_was_released_goes_with_its_transaction(own: Flask) -> None:
    with pytest.raises(KeyError), transaction():
        with transaction():
            db.session.execute(sa.text("INSERT INTO note (id, n) VALUES (2, 0)"))
        raise KeyError
    assert db.session.scalar(sa.text("SELECT count(*) FROM note")) == 1


def test_an_inner_transaction_that_fails_leaves_the_outer(own: Flask) -> None:
    with transaction():
        db.session.execute(sa.text("UPDATE note SET n = 5"))
        with pytest.raises(KeyError), transaction():
            db.session.execute(sa.text("UPDATE note SET n = 6"))
            raise KeyError
    assert count() == 5


def test_the_lock_is_free_again_after_an_error(own: Flask) -> None:
    with pytest.raises(KeyError), transaction():
        raise KeyError
    with transaction():
        db.session.execute(sa.text("UPDATE note SET n = 7"))
    assert count() == 7


def test_a_reader_does_not_wait_for_a_writer_and_does_not_see_him(own: Flask) -> None:
    seen: list[int] = []

    def read() -> None:
        with own.app_context():
            seen.append(count())

    with transaction():
        db.session.execute(sa.text("UPDATE note SET n = 9"))
        started = monotonic()
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(PATIENCE)
        assert monotonic() - started < 4
    assert seen == [0]
    assert count() == 9


def test_writers_take_turns_and_lose_nothing(own: Flask) -> None:
    failed: list[BaseException] = []

    def add() -> None:
        with own.app_context():
            try:
                for _ in range(10):
                    with transaction():
                        n = db.session.scalar(sa.text("SELECT n FROM note WHERE id = 1"))
                        db.session.execute(sa.text("UPDATE note SET n = :n WHERE id = 1"), {"n": n + 1})
            except BaseException as error:
                failed.append(error)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert failed == []
    assert count() == 40


def test_what_was_read_before_is_read_again(own: Flask) -> None:
    """A write that begins on an old snapshot would fail or overwrite: transaction() forgets it first."""
    assert db.session.scalar(sa.text("SELECT n FROM note WHERE id = 1")) == 0

    def write() -> None:
        with own.app_context(), transaction():
            db.session.execute(sa.text("UPDATE note SET n = 3"))

    other = threading.Thread(target=write)
    other.start()
    other.join(PATIENCE)
    with transaction():
        assert db.session.scalar(sa.text("SELECT n FROM note WHERE id = 1")) == 3
        db.session.execute(sa.text("UPDATE note SET n = n + 1"))
    assert count() == 4


def test_outside_a_transaction_nothing_is_kept(own: Flask) -> None:
    db.session.execute(sa.text("UPDATE note SET n = 8"))
    db.session.remove()
    assert count() == 0


def test_foreign_keys_are_held(own: Flask) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"), transaction():
        db.session.execute(sa.text("CREATE TABLE child (id INTEGER, note_id INTEGER REFERENCES note (id))"))
        db.session.execute(sa.text("INSERT INTO child VALUES (1, 77)"))


def test_a_writer_outside_the_door_gets_an_error_not_a_corrupt_base(own: Flask) -> None:
    """Two plain transactions that both read and then write: one of them is told."""
    with db.engine.connect() as one, db.engine.connect() as two:
        for connection in (one, two):
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            connection.exec_driver_sql("SELECT n FROM note").all()
        one.exec_driver_sql("UPDATE note SET n = 1")
        with pytest.raises(OperationalError, match="locked"):
            two.exec_driver_sql("UPDATE note SET n = 2")
