"""The whole demo, built once a run in a database of its own."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.demo.build import build
from tests.conftest import SETTINGS
from tests.world import NOW


@pytest.fixture(scope="session")
def demo_app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application on an empty database beside the one of the tests, marked as a demo."""
    folder = tmp_path_factory.mktemp("demo")
    url = sa.make_url(database_url)
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(folder / "portal.sqlite3"))
    else:
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE demo")
        engine.dispose()
        url = url.set(database="demo")
    address = url.render_as_string(hide_password=False)
    given = {"PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address, "DEMO": True}
    return create_app({**SETTINGS, **given})


@pytest.fixture(scope="session")
def demo_built(demo_app: Flask) -> Flask:
    with demo_app.app_context(), clock.frozen(NOW):
        db.create_all()
        build()
        db.session.remove()
    return demo_app


@pytest.fixture
def demo(demo_built: Flask) -> Iterator[Flask]:
    """The demo community on the day it was set up."""
    with demo_built.app_context(), clock.frozen(NOW):
        yield demo_built
        db.session.remove()
