"""The demo community as a folder: built once a run, whoever of the workers is first, and copied for every server.

Rows travel to PostgreSQL by backup and restore, so that they are built once for both databases.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask

from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.demo.build import build
from portal.home.backup import archive, rows

DAY = date(2026, 6, 16)
"""The day on which the demo was set up: a Tuesday."""
NOW = clock.at(DAY, 9, 20)
SETTINGS = {
    "TESTING": True,
    "PASSWORD_COST": 1,
    "SECRET_KEY": "tests",
    "DEMO": True,
    "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    "PRINT_WAIT": 300,
}


def application(folder: Path, database: str = "", **more: Any) -> Flask:
    """The portal on a data folder; `database` is an address, without it the SQLite file in the folder."""
    address = database or f"sqlite:///{folder / 'portal.sqlite3'}"
    return create_app(
        {**SETTINGS, "PORTAL_INSTANCE": str(folder), "SQLALCHEMY_DATABASE_URI": address, **more}
    )


def built(shared: Path) -> Path:
    """The folder of the finished demo; `shared` is the same for all workers of a run. Takes half a minute once."""
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
    app = application(folder)
    with app.app_context(), clock.frozen(NOW):
        rows.prepare()
        build(today=DAY)
        archive.backup(folder / "demo.tar.gz")
        db.engine.dispose()


def copied(built: Path, to: Path) -> Path:
    """A copy to write in: files and SQLite database."""
    shutil.copytree(built, to, ignore=shutil.ignore_patterns("*.tar.gz", "*.lock"))
    return to


def restored(built: Path, folder: Path, database: str) -> None:
    """Put the demo into an empty database."""
    app = application(folder, database)
    with app.app_context():
        archive.restore(built / "demo.tar.gz")
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
