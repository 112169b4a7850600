"""Tables of which no row is ever changed or deleted: the database itself refuses, whatever program writes.

The same statements stand in the migration; a test compares what either leaves behind.
"""

from typing import Any

import sqlalchemy as sa

REFUSES = (
    "CREATE OR REPLACE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS"
    " $$BEGIN RAISE integrity_constraint_violation USING MESSAGE = TG_TABLE_NAME || ' is never changed'; END$$"
)
"""The function behind the triggers of PostgreSQL, one for all tables."""


def statements(table: str, dialect: str) -> list[str]:
    """What makes the triggers of a table, statement by statement."""
    if dialect == "postgresql":
        made = f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION kept()"
        return [REFUSES, made]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table} is never changed'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def keep(*models: Any) -> None:
    """Make them wherever the table of a model is made."""
    for model in models:
        sa.event.listen(model.__table__, "after_create", _make)


def _make(table: sa.Table, connection: sa.Connection, **_more: object) -> None:
    for statement in statements(table.name, connection.dialect.name):
        connection.exec_driver_sql(statement)
