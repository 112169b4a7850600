"""The last line of defence, in the database itself: a line is what its entry says, next to the line before it, never
below nothing (but for the source). That nothing of it is changed or deleted, `core.kept` sees to.

The same statements stand in the migration; a test compares what either leaves behind.
"""

import sqlalchemy as sa

SIGNED = (
    "SELECT CASE NEW.account_id WHEN e.giver_id THEN -e.amount WHEN e.taker_id THEN e.amount END"
    " FROM points_entry e WHERE e.id = NEW.entry_id"
)
BEFORE = (
    "COALESCE((SELECT l.balance FROM points_line l WHERE l.account_id = NEW.account_id AND l.seq = NEW.seq - 1),"
    " CASE NEW.seq WHEN 1 THEN 0 END)"
)
SOURCE = "(SELECT a.kind FROM points_account a WHERE a.id = NEW.account_id) = 'source'"
WRONG = (
    f"NEW.amount IS DISTINCT FROM ({SIGNED}) OR NEW.balance IS DISTINCT FROM {BEFORE} + NEW.amount"
    f" OR (NEW.balance < 0 AND NOT {SOURCE})"
)


def statements(dialect: str) -> list[str]:
    """What makes the trigger, statement by statement."""
    if dialect == "postgresql":
        return [
            (
                "CREATE FUNCTION points_follows() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$BEGIN IF {WRONG} THEN RAISE integrity_constraint_violation"
                " USING MESSAGE = 'points_line does not follow'; END IF; RETURN NEW; END$$"
            ),
            (
                "CREATE TRIGGER points_line_follows BEFORE INSERT ON points_line"
                " FOR EACH ROW EXECUTE FUNCTION points_follows()"
            ),
        ]
    wrong = WRONG.replace("IS DISTINCT FROM", "IS NOT")
    return [
        (
            "CREATE TRIGGER points_line_follows BEFORE INSERT ON points_line"
            f" WHEN {wrong} BEGIN SELECT RAISE(ABORT, 'points_line does not follow'); END"
        )
    ]


def attach(metadata: sa.MetaData) -> None:
    """Make them wherever the tables are made from the models."""

    def make(_metadata: sa.MetaData, connection: sa.Connection, **_more: object) -> None:
        if sa.inspect(connection).has_table("points_line") and not _there(connection):
            for statement in statements(connection.dialect.name):
                connection.exec_driver_sql(statement)

    sa.event.listen(metadata, "after_create", make)


def _there(connection: sa.Connection) -> bool:
    table, column = (
        ("sqlite_master", "name") if connection.dialect.name == "sqlite" else ("pg_trigger", "tgname")
    )
    asked = f"SELECT 1 FROM {table} WHERE {column} = 'points_line_follows'"
    return connection.exec_driver_sql(asked).first() is not None
