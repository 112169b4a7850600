"""Hints of what may be wrong: for people to look at, nothing is decided by them."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import alike
from ...core.db import read
from ...core.files import StoredFile
from ..models.ledger import Entry
from ..models.programme import Programme
from ..models.thanks import Grant, Share
from ..words import Deed, Kind
from .people import kin_pairs

NEW = timedelta(days=14)
"""How old an account is at most that counts as new."""
TOGETHER = timedelta(days=30)
"""Reports of one defect come within so many days of each other."""
LATEST = 300
"""Reports that are compared with one another, the latest."""


def same_photos(programme: Programme) -> list[Any]:
    """Photos that stand behind more than one grant."""
    one = sa.orm.aliased(StoredFile)
    subject = sa.literal(f"{Grant.__tablename__}:") + sa.cast(Grant.id, sa.String)
    wanted = (
        sa.select(
            StoredFile.digest, sa.func.min(Grant.id).label("first"), sa.func.max(Grant.id).label("last")
        )
        .join(Grant, StoredFile.subject == subject)
        .where(
            Grant.programme_id == programme.id,
            sa.exists().where(one.digest == StoredFile.digest, one.subject != StoredFile.subject),
        )
        .group_by(StoredFile.digest)
        .having(sa.func.count(Grant.id.distinct()) > 1)
    )
    return list(read(wanted.limit(20)))


class Told(NamedTuple):
    """Reports that seem to be of one defect: what the first said, how many there are, the first and the last."""

    reason: str
    grants: int
    first: int
    last: int


def same_words(programme: Programme) -> list[Told]:
    """Reports and hazards that were asked for within a month of each other and say mostly the same (the place is part
    of what they say): one defect, told by several or twice by one."""
    wanted = sa.select(Grant.id, Grant.reason, Grant.asked_at).where(
        Grant.programme_id == programme.id,
        Grant.deed.in_((Deed.REPORT, Deed.HAZARD)),
        Grant.given.is_not(False),
    )
    rows = sorted(read(wanted.order_by(Grant.id.desc()).limit(LATEST)), key=lambda row: row.id)
    near = (
        (one, other)
        for one, other in alike.close([row.reason for row in rows])
        if abs(rows[other].asked_at - rows[one].asked_at) <= TOGETHER
    )
    found = [[rows[n] for n in group] for group in alike.groups(len(rows), near)]
    told = [Told(group[0].reason, len(group), group[0].id, group[-1].id) for group in found]
    return sorted(told, key=lambda one: -one.last)[:20]


def to_kin(programme: Programme) -> list[Any]:
    """Grants that somebody asked for who is kin to one of those who get them."""
    pairs = kin_pairs().subquery()
    wanted = (
        sa.select(
            Grant.asked_by_id, shown(User).label("name"), sa.func.count(Grant.id.distinct()).label("grants")
        )
        .join(Share, Share.grant_id == Grant.id)
        .join(pairs, sa.and_(pairs.c.one == Grant.asked_by_id, pairs.c.other == Share.user_id))
        .join(User, User.id == Grant.asked_by_id)
        .where(Grant.programme_id == programme.id)
        .group_by(Grant.asked_by_id, User.nickname, User.name)
    )
    return list(read(wanted.limit(20)))


def new_accounts(programme: Programme, now: datetime, most: int = 20) -> list[Any]:
    """Accounts opened lately that earned much already."""
    points = sa.func.sum(Entry.amount).label("points")
    wanted = (
        sa.select(User.id, shown(User).label("name"), points)
        .join(Entry, Entry.user_id == User.id)
        .where(
            Entry.place_path == programme.place_path, Entry.kind == Kind.EARN, User.created_at >= now - NEW
        )
        .group_by(User.id, User.nickname, User.name)
        .having(points > most)
        .order_by(points.desc())
    )
    return list(read(wanted.limit(20)))
