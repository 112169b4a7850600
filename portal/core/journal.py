"""SQLite's journal forgets. In it lies every page as it was after each commit, so whoever reads the disk could see in
which order secret papers came; emptied at each tick, what was written before the close is gone a minute after it."""

from .actor import Actor
from .db import db


def forget(_actor: Actor) -> int:
    """Move what the journal holds into the database and empty it; a reader in the way lets the next tick do it.

    Within somebody's transaction (the demo is told in one) there is nothing to forget yet.
    """
    if db.engine.dialect.name == "sqlite" and not db.session().in_transaction():
        raw = db.engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            raw.close()
    return 0
