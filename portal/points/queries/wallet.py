"""The wallet of a person: what he can use, what is held for him, what goes next."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from ...core.db import read
from ..models.ledger import Account, Line, Lot
from ..words import Owner

WARNED = timedelta(days=30)
"""So long before they lapse people are told."""


@dataclass(frozen=True)
class Purse:
    """What a person has. `last_day`: the last day on which `going` of it can be used; None if nothing lapses."""

    usable: int = 0
    held: int = 0
    last_day: date | None = None
    going: int = 0
    soon: bool = False


def purse(place_path: str, user_id: int, today: date) -> Purse:
    """Two statements, however many movements there were."""
    mine = sa.select(Account.id).where(
        Account.place_path == place_path, Account.key == f"{Owner.PERSON.value}:{user_id}"
    )
    days = read(
        sa.select(Lot.expires_on, sa.func.sum(Lot.left))
        .where(
            Lot.account_id == mine.scalar_subquery(),
            Lot.left > 0,
            sa.or_(Lot.expires_on.is_(None), Lot.expires_on > today),
        )
        .group_by(Lot.expires_on)
        .order_by(Lot.expires_on.is_(None), Lot.expires_on)
    )
    usable = sum(int(left) for _day, left in days)
    first = days[0] if days and days[0][0] else None
    if first is None:
        return Purse(usable, _held(place_path, user_id))
    soon = first[0] - today <= WARNED
    return Purse(usable, _held(place_path, user_id), first[0] - timedelta(days=1), int(first[1]), soon)


def _held(place_path: str, user_id: int) -> int:
    aside = sa.select(Account.id).where(
        Account.place_path == place_path, Account.key == f"{Owner.HELD.value}:{user_id}"
    )
    wanted = sa.select(Line.balance).where(Line.account_id == aside.scalar_subquery())
    rows = read(wanted.order_by(Line.seq.desc()).limit(1))
    return int(rows[0][0]) if rows else 0
