"""How a migration runs: on the application's own engine, in one transaction.

Revisions are numbered, so that a listing reads as a history. Types of the portal are written as what the
database sees, so that an old migration does not change its meaning when the code moves on.
"""

from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.script import ScriptDirectory
from flask import current_app

from portal.core.columns import Instant
from portal.core.db import db


def numbered(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Give the next number to a new revision; make none when the models say nothing new."""
    script = directives[0]
    if script.upgrade_ops.is_empty():
        directives.clear()
        return
    latest = ScriptDirectory.from_config(context.config).get_current_head()
    script.rev_id = f"{int(latest or 0) + 1:04d}"


def plain(kind: str, item: Any, _autogen: AutogenContext) -> Any:
    """Instants as sa.DateTime(), words as sa.String(): what is stored, without the portal's classes."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String({item.length})"
    return False


def same_type(_context: Any, _inspected: Any, _column: Any, _found: Any, wanted: Any) -> bool | None:
    """A column of words is a string in the database; that is no difference."""
    return False if isinstance(wanted, sa.Enum) else None


def run() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            process_revision_directives=numbered,
            render_item=plain,
            compare_type=same_type,
            render_as_batch=True,
        )
        with context.begin_transaction():
            context.run_migrations()


assert current_app
run()
