"""The tests' own feature, its table inside the outer transaction of a test, its rules for as long as it runs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from portal.core import access, atoms, lifecycle, panels
from portal.core.db import db, transaction
from portal.core.lifecycle import Lifecycle
from tests.conftest import SETTINGS, Client
from tests.core import workshop as workshops
from tests.core.things import LIFECYCLE, POLICY, OwnBase, Thing
from tests.world import NOW, World

Make = Callable[..., Thing]


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = {permission.value: rule for permission, rule in POLICY.rules.items()}
    monkeypatch.setattr(access, "RULES", access.RULES | rules)
    monkeypatch.setattr(atoms, "RULES", access.RULES)
    sees: dict[type[Any], access.Permission] = {**access.SEES, **POLICY.sees}
    monkeypatch.setattr(access, "SEES", sees)
    tables: dict[type[Any], Lifecycle] = {**lifecycle.LIFECYCLES, Thing: LIFECYCLE}
    monkeypatch.setattr(lifecycle, "LIFECYCLES", tables)


@pytest.fixture
def tables(app: Flask, rules: None) -> Iterator[None]:
    """The tables of the tests' own, gone with the test's transaction."""
    OwnBase.metadata.create_all(db.engines[None])
    yield
    db.session.rollback()


@pytest.fixture
def make(tables: None, world: World) -> Make:
    """Write one thing: `make(place="estate", author="owner", title=…)`."""

    def write(place: str = "community", author: str | None = None, **columns: Any) -> Thing:
        thing = Thing(
            place_path=world.paths[place],
            author_id=world.ids[author] if author else None,
            **{"title": "路灯", "at": NOW, "amount": 100, **columns},
        )
        with transaction():
            db.session.add(thing)
        return thing

    return write


@pytest.fixture(scope="session")
def workshop(database_url: str, built: World, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application with the pages of `workshop`, on the database of this run."""
    return workshops.build(SETTINGS, tmp_path_factory.mktemp("workshop"), database_url)


@pytest.fixture
def shop(
    workshop: Flask, app: Flask, built: World, tables: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Client]:
    """A browser in the workshop, within the outer transaction of the test; errors are answered, not raised."""
    connection = db.engines[None]
    monkeypatch.setitem(workshop.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(panels, "PANELS", {"thing": [workshops.PANEL]})
    with workshop.app_context():
        engine = db.engines[None]
        db.engines[None] = connection  # type: ignore[index]
    Client.built = built
    workshop.test_client_class = Client
    yield workshop.test_client()  # type: ignore[misc]
    with workshop.app_context():
        db.engines[None] = engine  # type: ignore[index]
