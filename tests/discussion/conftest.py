"""The application with posters in it, and one poster in the world's estate."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
from flask import Flask

from portal import create_app
from portal.core import access, routing
from portal.core.db import db, transaction
from portal.discussion import forums
from tests.conftest import SETTINGS
from tests.discussion import subject
from tests.discussion.subject import Poster, put_up
from tests.world import World

FORUM: dict[str, forums.Forum] = {}


@pytest.fixture(scope="session")
def application(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The portal plus the pages of posters; what opening a discussion entered is taken out again."""
    folder: Path = tmp_path_factory.mktemp("instance")
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": database_url})
    routes, forum = subject.build_routes()
    app.register_blueprint(routes.blueprint)
    FORUM["poster"] = forums.FORUMS.pop("poster")
    for endpoint in [e for e in routing.PERMISSIONS if e.startswith("posters.")]:
        del routing.PERMISSIONS[endpoint]
    own = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    app.jinja_env.loader = jinja2.ChoiceLoader([app.jinja_env.loader, own])  # type: ignore[list-item]
    assert forum is FORUM["poster"]
    return app


@pytest.fixture(autouse=True)
def posters(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Posters exist while one test runs; clauses kept from before know none, and those made here are not kept."""
    access._rows.cache_clear()
    for permission, rule in subject.RULES.items():
        monkeypatch.setitem(access.RULES, permission.value, rule)
    model: type[Any] = Poster
    monkeypatch.setitem(access.SEES, model, subject.Can.SEE)
    monkeypatch.setitem(forums.FORUMS, "poster", FORUM["poster"])
    with transaction():
        Poster.metadata.create_all(db.session.connection())
    yield
    access._rows.cache_clear()


@pytest.fixture
def poster(world: World) -> Poster:
    return put_up(world.paths["estate"])
