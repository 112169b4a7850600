"""The database: one engine, one session, one door for writing."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

import sqlalchemy as sa
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Session, registry

from . import engine
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
V = TypeVar("V")


def init_app(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        engine.tune(db.engine)
        app.extensions["writers_turns"] = engine.turns(db.engine)


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
    with current_app.extensions["writers_turns"]():
        session.info["writing"] = True
        try:
            session.line(engine.WRITING)
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


def stream(statement: Rows, at_once: int) -> Iterator[Any]:
    """Rows or entities of a long table, so many in memory at once."""
    session = _session()
    engine.begin_reading(session.line())
    yield from session.execute(statement, execution_options={"yield_per": at_once})


def write(statement: sa.Executable, *rows: Mapping[str, Any]) -> Done:
    """A statement of tables (never of entities) inside an action, past the session as with `read`."""
    session = _session()
    if not session.info.get("writing"):
        raise AssertionError("whatever is written or stated is so inside an action")
    session.flush()
    if len(rows) > 1:
        return Done((), session.line().execute(statement, list(rows)).rowcount)
    return run(session.line(), statement, rows[0] if rows else None)


def in_parts(many: Sequence[V], size: int = 500) -> Iterator[Sequence[V]]:
    """So many values a statement: a database takes no more than some thousands at once."""
    return (many[start : start + size] for start in range(0, len(many), size))


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
