"""The demo community as a folder: built once a run, whoever of the workers is first, and copied for all who need it.

It is built in the database that the run is about. On PostgreSQL its rows travel on by backup and restore.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.demo.build import build
from portal.home.backup import archive, rows
from tests.postgres import postgres_server

ON_POSTGRESQL = os.environ.get("PORTAL_TEST_DATABASE") == "postgresql"
DAY = date(2026, 6, 16)
"""The day on which the demo was set up: a Tuesday."""
NOW = clock.at(DAY, 9, 20)
COMPILED = str(Path(__file__).resolve().parents[2] / "build" / "compiled")
"""Templates as programs, for all portals of all workers; `core.drawing` knows which still hold."""
ARCHIVE = "demo.tar.gz"
SETTINGS = {
    "TESTING": True,
    "PASSWORD_COST": 1,
    "SECRET_KEY": "tests",
    "DEMO": True,
    "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    "PRINT_WAIT": None,
    "COMPILED": COMPILED,
}


def application(folder: Path, database: str = "", **more: Any) -> Flask:
    """The portal on a data folder; `database` is an address, without it the SQLite file in the folder."""
    address = database or f"sqlite:///{folder / 'portal.sqlite3'}"
    return create_app(
        {**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address, **more}
    )


def built(base: Path) -> Path:
    """The folder of the finished demo; `base`: where this worker keeps its files. Takes half a minute once."""
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder = shared / "demo"
    with _alone(shared / "demo.lock"):
        if not folder.exists():
            part = shared / "demo.part"
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            _build(part)
            part.rename(folder)
    return folder


def _build(folder: Path) -> None:
    with postgres_server() if ON_POSTGRESQL else nullcontext() as url_of:
        app = application(folder, url_of("demo") if url_of else "")
        with app.app_context(), clock.frozen(NOW):
            rows.prepare()
            build(today=DAY)
            if url_of:
                archive.backup(folder / ARCHIVE)
            db.session.remove()
            db.engine.dispose()


def copied(built: Path, to: Path) -> Path:
    """A copy to write in: files and, where the run is about SQLite, the database."""
    shutil.copytree(built, to, ignore=shutil.ignore_patterns("*.tar.gz", "*.lock"))
    return to


def restored(built: Path, folder: Path, database: str) -> None:
    """Put the demo into an empty database."""
    app = application(folder, database)
    with app.app_context():
        archive.restore(built / ARCHIVE)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
