"""The database: one engine, one session, one door for writing.

SQLite and PostgreSQL behave alike here because SQLite is told when to begin: plain BEGIN for readers,
BEGIN IMMEDIATE behind a kernel lock for writers (a busy writer is woken at once instead of sleeping).
"""

import fcntl
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import sqlalchemy as sa
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Session, registry

from .columns import Instant, Rows
from .driver import Done, run
from .errors import NotVisible
from .session import OneConnection

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = registry(
        metadata=sa.MetaData(naming_convention=NAMES), type_annotation_map={datetime: Instant()}
    )


db = SQLAlchemy(
    model_class=Base,
    session_options={
        "class_": OneConnection,
        "expire_on_commit": False,
        "join_transaction_mode": "rollback_only",
    },
)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

T = TypeVar("T")
_threads = threading.Lock()


def init_app(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        database = db.engine.url.database
        app.extensions["write_lock"] = nullcontext
        if db.engine.dialect.name == "sqlite":
            if database and database != ":memory:":
                app.extensions["write_lock"] = _Turn(Path(database + ".lock"))
            sa.event.listen(db.engine, "connect", _tune)
            sa.event.listen(db.engine, "begin", _begin)


def _tune(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=wal",
        "synchronous=full",
        "foreign_keys=on",
        "busy_timeout=5000",
        "secure_delete=on",
    ):
        connection.execute(f"pragma {pragma}")


def _begin(connection: sa.Connection) -> None:
    """Past SQLAlchemy's cursor, which costs a short request as much as one of its reads."""
    writing = connection.get_execution_options().get("write")
    driver: Any = connection.connection.dbapi_connection
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _only_inside(session: Session, _context: Any, _instances: Any) -> None:
    """A view that changes an object would lose it silently: no flush outside of a transaction, not even one
    that a query causes."""
    changed = session.new or session.deleted or any(session.is_modified(thing) for thing in session.dirty)
    if changed and not session.info.get("writing"):
        raise AssertionError("something was changed outside an action")


sa.event.listen(db.session, "before_flush", _only_inside)


@contextmanager
def transaction() -> Iterator[None]:
    """The only place where anything is written for good: the outermost block commits, inner ones are
    savepoints. What was read before is forgotten first, so that the write works on the present state."""
    session = _session()
    if session.info.get("writing"):
        with session.begin_nested():
            yield
        return
    if session.new or session.dirty or session.deleted:
        raise AssertionError("something was changed outside an action")
    session.rollback()
    with current_app.extensions["write_lock"]():
        session.info["writing"] = True
        try:
            session.line(write=True)
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writing"] = False


def read(statement: Rows, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
    """Rows of columns in the session's own transaction, without the machinery that makes entities out of rows,
    which costs a short query as much again. What an action has changed so far is seen."""
    session = _session()
    session.flush()
    return run(session.line(), statement, values).rows


def write(statement: sa.Executable, *rows: Mapping[str, Any]) -> Done:
    """A statement of tables (never of entities) inside an action, past the session as with `read`."""
    session = _session()
    if not session.info.get("writing"):
        raise AssertionError("whatever is written or stated is so inside an action")
    session.flush()
    if len(rows) > 1:
        return Done((), session.line().execute(statement, list(rows)).rowcount)
    return run(session.line(), statement, rows[0] if rows else None)


def dialect() -> str:
    """`sqlite` or `postgresql`, where they differ."""
    return db.engine.dialect.name


def _session() -> OneConnection:
    return cast(OneConnection, db.session())


def lock(thing: T, share: bool = False) -> T:
    """The row of `thing` as it is now, held until the end of the transaction. Raises NotVisible if it is gone."""
    try:
        db.session.refresh(thing, with_for_update={"read": share})
    except InvalidRequestError:
        if sa.inspect(thing).persistent:
            raise NotVisible() from None
        raise
    return thing


class _Turn:
    """One writer at a time over all threads and processes; the kernel frees it when a process dies.

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
