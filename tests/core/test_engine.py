"""What readers and writers begin with, on the database of this run with real commits."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import InternalError

from portal import create_app
from portal.core import engine
from portal.core.db import db, dialect, read, stream, transaction, write
from portal.places.models import Place
from tests.world import World

PLACE = Place.metadata.tables["place"]
NAME = sa.select(PLACE.c.name).where(PLACE.c.id == sa.bindparam("place"))


@pytest.fixture
def place(database_url: str, built: World, tmp_path: Path) -> Iterator[int]:
    """A place of the world, seen by an application of its own on the same database."""
    settings = {"TESTING": True, "PORTAL_INSTANCE": str(tmp_path), "SQLALCHEMY_DATABASE_URI": database_url}
    own: Flask = create_app(settings)
    with own.app_context():
        yield built.ids["estate"]
        db.session.remove()
        db.engine.dispose()


def name(place: int) -> str:
    return str(read(NAME, {"place": place})[0].name)


def test_who_reads_may_read_a_long_table_piece_by_piece(place: int) -> None:
    """By a cursor of the server, as tables of an evidence pack are; PostgreSQL has one in a transaction only."""
    assert name(place) in {row.name for row in stream(sa.select(PLACE.c.name), 2)}


def test_a_page_leaves_its_statements_prepared(place: int) -> None:
    """Or PostgreSQL plans each of them again for every reader."""
    if dialect() == "sqlite":
        return
    with pytest.MonkeyPatch.context() as patch:
        for driver in _lying():
            patch.setattr(driver, "prepare_threshold", 0)
        name(place)
        name(place)
        db.session.remove()
    assert [_prepared(driver) for driver in _lying()] == [True]


def test_words_that_write_do_nothing_outside_an_action(place: int) -> None:
    before = name(place)
    try:
        db.session.execute(sa.text("UPDATE place SET name = 'x' WHERE id = :place"), {"place": place})
    except InternalError as refused:
        assert "read-only" in str(refused)  # noqa: PT017  (SQLite takes it back instead)
    db.session.remove()
    assert name(place) == before


@pytest.mark.parametrize("statement", [sa.update(Place).values(name="x"), sa.delete(PLACE)])
def test_a_statement_that_writes_is_refused_outside_an_action(place: int, statement: sa.Executable) -> None:
    with pytest.raises(AssertionError, match="outside an action"):
        db.session.execute(statement)


def test_reading_and_writing_take_turns_on_one_connection(place: int) -> None:
    before = name(place)
    change = sa.update(PLACE).where(PLACE.c.id == sa.bindparam("place")).values(name=sa.bindparam("new"))
    for new in ("one", "two", before):
        with transaction():
            write(change, {"place": place, "new": new})
            assert name(place) == new
        assert name(place) == new
        with pytest.raises(KeyError), transaction():
            write(change, {"place": place, "new": "three"})
            raise KeyError
        assert name(place) == new


def test_whoever_begins_past_the_session_may_write(place: int) -> None:
    with db.engine.connect() as connection, connection.begin() as begun:
        connection.execute(sa.update(PLACE).where(PLACE.c.id == place).values(name="x"))
        begun.rollback()
    assert name(place) != "x"


def test_a_snapshot_leaves_a_connection_behind_that_may_write(place: int) -> None:
    options = {"isolation_level": "REPEATABLE READ"} if dialect() == "postgresql" else {}
    with db.engine.connect().execution_options(**options) as connection, connection.begin():
        before = connection.execute(NAME, {"place": place}).scalar_one()
    with transaction():
        write(
            sa.update(PLACE).where(PLACE.c.id == sa.bindparam("place")).values(name=before), {"place": place}
        )
    assert name(place) == before


def test_a_server_that_went_away_while_nobody_asked(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "IDLE", 0.0)
    before = name(place)
    db.session.remove()
    if dialect() == "postgresql":
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ANY(:pids)"
        pids = [held.info.backend_pid for held in _lying()]
        other = sa.create_engine(db.engine.url)
        with other.begin() as connection:
            connection.execute(sa.text(mine), {"pids": pids})
        other.dispose()
    assert name(place) == before


def _prepared(driver: Any) -> bool:
    return bool(
        driver.execute("SELECT FROM pg_prepared_statements WHERE statement LIKE '%place%'").fetchall()
    )


def _lying() -> list[Any]:
    """The driver's connections that lie in the pool."""
    with db.engine.connect() as connection:
        return [connection.connection.dbapi_connection]
