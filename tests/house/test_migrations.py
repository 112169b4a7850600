"""The history of the schema: one line of migrations, up from empty, and where it ends are the models."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from portal import create_app, settings
from portal.core.db import db
from tests.conftest import SETTINGS

VERSIONS = settings.ROOT / "migrations" / "versions"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Flask]:
    """An application on an empty database of its own."""
    app = create_app({**SETTINGS, "PORTAL_INSTANCE": str(tmp_path)})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_one_head_and_numbers_without_gaps() -> None:
    scripts = ScriptDirectory(str(VERSIONS.parent))
    assert len(scripts.get_heads()) == 1
    numbers = sorted(int(re.match(r"\d{4}", p.name).group()) for p in VERSIONS.glob("*.py"))  # type: ignore[union-attr]
    assert numbers == list(range(1, len(numbers) + 1))


def test_up_from_empty_is_what_the_models_say(fresh: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _same_type})
        assert compare_metadata(context, db.metadata) == []


def test_down_again_leaves_nothing(fresh: Flask) -> None:
    upgrade()
    downgrade(revision="base")
    assert set(sa.inspect(db.engine).get_table_names()) <= {"alembic_version"}


def _same_type(
    _context: object, _inspected: object, _column: object, _found: object, wanted: object
) -> bool | None:
    """Words are stored as strings; that is no difference."""
    return False if isinstance(wanted, sa.Enum) else None
