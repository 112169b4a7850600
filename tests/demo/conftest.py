"""The whole demo, as it comes out of its building, in a database of its own."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import clock
from portal.core.db import db
from tests.demo import instance


@pytest.fixture(scope="session")
def demo_built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application on the finished demo."""
    built = instance.built(tmp_path_factory.getbasetemp())
    folder = instance.copied(built, tmp_path_factory.mktemp("demo") / "instance")
    if not instance.ON_POSTGRESQL:
        return instance.application(folder)
    url = sa.make_url(request.getfixturevalue("database_url"))
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE demo")
    engine.dispose()
    address = url.set(database="demo").render_as_string(hide_password=False)
    instance.restored(built, tmp_path_factory.mktemp("restored"), address)
    return instance.application(folder, address)


@pytest.fixture
def demo(demo_built: Flask) -> Iterator[Flask]:
    """The demo community on the day it was set up."""
    with demo_built.app_context(), clock.frozen(instance.NOW):
        yield demo_built
        db.session.remove()
