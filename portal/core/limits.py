"""How often something may be asked. One table counts for all processes; every count is its own short
transaction, so that the refusal which follows does not erase it."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Model, db, transaction
from .digests import digest
from .errors import TooMany
from .text import _

DAY = 24 * 3600


class Attempts(Model):
    """Attempts under one key since the start of one window. Keys are digests: no names, phones, addresses."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    window: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]


def limit(what: str, who: str, most: int, seconds: int) -> None:
    """Count one attempt of `who` at `what`. Raises TooMany after `most` in a window of `seconds` (a day at most).

    Not inside an action: its refusal would take the count back.
    """
    if db.session.info.get("writing") or seconds > DAY:
        raise AssertionError("attempts are counted before an action, in windows of a day at most")
    now = clock.now()
    second = int(now.timestamp())
    start = datetime.fromtimestamp(second - second % seconds, UTC)
    key = digest(f"{what}\0{who}")
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = insert(Attempts).values(key=key, window=start, count=1)
    counted = row.on_conflict_do_update(
        index_elements=["key", "window"], set_={"count": Attempts.count + 1}
    ).returning(Attempts.count)
    with transaction():
        count = db.session.scalar(counted)
        db.session.execute(sa.delete(Attempts).where(Attempts.window < now - timedelta(seconds=DAY)))
    if count and count > most:
        wait = max(1, int(seconds - (now - start).total_seconds()))
        raise TooMany(_("试得太频繁了，请 %(minutes)d 分钟后再试。", minutes=-(-wait // 60)), wait)
