"""Rows and entities of one context: one connection, one transaction, on a real file with real commits."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.pool import QueuePool

from portal import create_app
from portal.core.db import db, read, transaction, write
from portal.places.models import Place, PlaceKind

PLACE = Place.metadata.tables["place"]
NAMES = sa.select(PLACE.c.name).order_by(PLACE.c.id)
ROW = {"kind": PlaceKind.COMMUNITY, "label": "", "sort_key": "", "parent_id": None}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("own")
    address = f"sqlite:///{folder / 'own.sqlite3'}"
    app = create_app({"TESTING": True, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address})
    with app.app_context():
        db.create_all()
    return app


@pytest.fixture(autouse=True)
def context(own: Flask) -> Iterator[None]:
    with own.app_context(), transaction():
        write(sa.delete(PLACE))
        write(sa.insert(PLACE), {**ROW, "id": 1, "name": "one", "place_path": "/1/"})
    with own.app_context():
        yield


def names() -> list[str]:
    return [row.name for row in read(NAMES)]


def elsewhere(own: Flask) -> list[str]:
    with own.app_context():
        return names()


def checked_out() -> int:
    assert isinstance(db.engine.pool, QueuePool)
    return db.engine.pool.checkedout()


def test_rows_and_entities_see_each_other_before_others_do(own: Flask) -> None:
    with transaction():
        write(sa.insert(PLACE), {**ROW, "id": 2, "name": "two", "place_path": "/2/"})
        db.session.get_one(Place, 2).name = "second"
        assert names() == ["one", "second"]
        assert elsewhere(own) == ["one"]
    assert names() == elsewhere(own) == ["one", "second"]


@pytest.mark.parametrize("entities", [False, True])
def test_an_error_takes_back_rows_and_entities(own: Flask, entities: bool) -> None:
    with pytest.raises(KeyError), transaction():
        write(sa.insert(PLACE), {**ROW, "id": 2, "name": "two", "place_path": "/2/"})
        if entities:
            db.session.get_one(Place, 1).name = "first"
        raise KeyError
    assert names() == ["one"]
    assert db.session.get_one(Place, 1).name == "one"


def test_what_an_inner_block_wrote_goes_with_it(own: Flask) -> None:
    with transaction():
        write(sa.insert(PLACE), {**ROW, "id": 2, "name": "two", "place_path": "/2/"})
        with pytest.raises(KeyError), transaction():
            write(sa.insert(PLACE), {**ROW, "id": 3, "name": "three", "place_path": "/3/"})
            raise KeyError
    assert names() == ["one", "two"]


def test_after_an_error_of_the_session_nothing_more_is_written(own: Flask) -> None:
    """What was done before the error is gone; the rest must not be kept without it."""
    with pytest.raises(PendingRollbackError), transaction():
        write(sa.insert(PLACE), {**ROW, "id": 2, "name": "two", "place_path": "/2/"})
        db.session.add(Place(id=1, name="again", place_path="/x/", **ROW))
        with pytest.raises(IntegrityError):
            db.session.flush()
        write(sa.insert(PLACE), {**ROW, "id": 3, "name": "three", "place_path": "/3/"})
    assert names() == ["one"]


def test_entities_are_read_again_after_rows_were_all_that_was_asked_for(own: Flask) -> None:
    place = db.session.get_one(Place, 1)
    db.session.rollback()
    assert place.name == "one"
    with own.app_context(), transaction():
        write(sa.update(PLACE).values(name="changed"))
    db.session.rollback()
    names()
    with transaction():
        assert place.name == "changed"


def test_a_context_has_one_connection_and_gives_it_back(own: Flask) -> None:
    before = checked_out()
    with own.app_context():
        assert checked_out() == before
        names()
        db.session.get_one(Place, 1)
        with transaction():
            names()
        assert checked_out() == before + 1
        assert db.session().in_transaction() is False
        names()
        assert db.session().in_transaction() is True
    assert checked_out() == before


def test_a_reader_after_a_writer_does_not_write(own: Flask) -> None:
    with transaction():
        names()
    names()
    assert db.session.connection().get_execution_options()["begins"] == "reading"
