"""The tests' own feature, its table inside the outer transaction of a test, its rules for as long as it runs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from portal.core import access, atoms, lifecycle
from portal.core.db import db, transaction
from portal.core.lifecycle import Lifecycle
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
