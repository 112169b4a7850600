"""What the clock does to points: what is too old lapses, and a hold that nobody closed comes back."""

from datetime import timedelta

import sqlalchemy as sa

from ...core import ticks
from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import record
from .. import lots, posting
from ..events import PointsExpired
from ..models.ledger import Account, Entry, Lot, LotMove
from ..policy import Can
from ..posting import Draft
from ..words import Kind, Owner

AT_ONCE = 200
"""So many accounts a round of the clock."""
GRACE = timedelta(minutes=10)
"""Whoever made the hold closes it at its hour himself; what he forgot comes back so much later."""


def let_lapse(actor: Actor, account: Account) -> int:
    """Enter what of an account lapsed by today; how much. The account must be held still."""
    gone = lots.lapsed(posting.lots_of(account), actor.today)
    for lot_id, amount in gone:
        _lapse(actor, account, lot_id, amount)
    return sum(take.amount for take in gone)


def _lapse(actor: Actor, account: Account, lot_id: int, amount: int) -> None:
    """A lot can lapse more than once: what a reversal gave back to it lapses again."""
    into = posting.account(account.place_path, Owner.EXPIRED)
    posting.hold_still(into)
    before = db.session.scalar(
        sa.select(sa.func.count()).select_from(LotMove).where(LotMove.lot_id == lot_id)
    )
    key = f"lapse:{lot_id}:{before}"
    entry = posting.enter(actor, Draft(Kind.EXPIRE, key, account, into, amount, account.user_id))
    posting.move_lots(entry, [lots.Take(lot_id, amount)], -1)
    assert account.user_id is not None
    record(actor, entry, PointsExpired(account.user_id, amount, actor.today))


@action(Can.LAPSE)
def lapse(actor: Actor, account: Account) -> int:
    """Let lapse what is too old; how much it was."""
    posting.hold_still(account)
    return let_lapse(actor, account)


def lapse_due(actor: Actor) -> int:
    """The clock: every account with something too old, each in its own transaction."""
    late = (
        sa.select(Account)
        .where(Account.id.in_(sa.select(Lot.account_id).where(Lot.left > 0, Lot.expires_on <= actor.today)))
        .order_by(Account.id)
        .limit(AT_ONCE)
    )
    return ticks.each(list(db.session.scalars(late)), lambda account: lapse(actor, account))


def overdue(actor: Actor) -> list[Entry]:
    """Holds that nobody closed though their hour is long over."""
    closed = sa.orm.aliased(Entry)
    late = sa.select(Entry).where(
        Entry.kind == Kind.HOLD,
        Entry.until < actor.now - GRACE,
        ~sa.exists().where(closed.closes_id == Entry.id),
    )
    return list(db.session.scalars(late.order_by(Entry.id).limit(AT_ONCE)))
