"""Telling people what lapses soon: once for each lot, a month before."""

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from ...core import ticks
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import record
from .. import posting
from ..events import PointsLapseSoon
from ..models.ledger import Account, Lot
from ..policy import Can
from ..queries.wallet import WARNED
from .lapsing import AT_ONCE


@action(Can.LAPSE)
def warn(actor: Actor, account: Account) -> int:
    """State what of an account lapses within a month and was not stated before; how much it is. One event a day of
    lapsing, so that he reads when."""
    posting.hold_still(account)
    assert account.user_id is not None
    days: dict[date, int] = defaultdict(int)
    for lot in list(db.session.scalars(_soon(actor).where(Lot.account_id == account.id))):
        lot.warned_at = actor.now
        days[lot.expires_on] += lot.left
    for day, amount in sorted(days.items()):
        record(actor, account, PointsLapseSoon(account.user_id, amount, day))
    return sum(days.values())


def warn_due(actor: Actor) -> int:
    """The clock: every account with something that lapses soon."""
    due = sa.select(Account).where(Account.id.in_(_soon(actor).with_only_columns(Lot.account_id)))
    found = list(db.session.scalars(due.order_by(Account.id).limit(AT_ONCE)))
    return ticks.each(found, lambda account: warn(actor, account))


def _soon(actor: Actor) -> sa.Select[Any]:
    return sa.select(Lot).where(
        Lot.left > 0,
        Lot.warned_at.is_(None),
        Lot.expires_on > actor.today,
        Lot.expires_on <= actor.today + WARNED,
    )
