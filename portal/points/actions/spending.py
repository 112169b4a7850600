"""Spending: points are put aside when somebody asks for something, and go to the merchant or come back.

Whoever offers something for points calls these three (and `reversing.reverse`) and writes nothing of the ledger itself.
"""

from datetime import datetime

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import record
from .. import lots, posting
from ..events import PointsConfirmed, PointsHeld, PointsReleased
from ..models.ledger import Account, Entry
from ..policy import Can
from ..posting import Draft
from ..refusals import Refused, sound
from ..words import Kind, Owner, Why
from .lapsing import let_lapse


@action(Can.HOLD)
def hold(
    actor: Actor, account: Account, *, amount: int, key: str, until: datetime, source: str, note: str = ""
) -> Entry:
    """Put `amount` of a person's account aside until an hour; returns the hold, the subject of `confirm` and `release`.

    actor    the person himself, or the portal (`core.actor.system(now)`) for whoever was allowed to do it for him
    account  his wallet: `queries.accounts.wallet_of(community path, user_id)`, or `open_wallet` makes it
    key      the operation, unique in the community among all operations (`code:12:hold`): asked for again with the same
             content it gives the same hold and takes nothing more, whatever became of it; with other content: SAME_KEY
    until    after it the clock gives the points back if nobody confirmed or released (ten minutes later, so that the
             caller's own clock comes first)
    source   what they are for, as the log names it (`offer:3`)
    note     what the wallet says about it: names only, since it is read in several languages (`豆浆油条 · 晖记早餐`)

    Takes first what lapses first. Raises Refused (a Conflict, 409) with `why`: BAD_AMOUNT, SHORT, SAME_KEY.
    """
    sound(amount)
    assert account.user_id is not None
    aside = posting.held(account.place_path, account.user_id)
    posting.hold_still(account, aside)
    draft = Draft(
        Kind.HOLD, key, account, aside, amount, account.user_id, source=source, note=note, until=until
    )
    if known := posting.known(draft):
        return known
    let_lapse(actor, account)
    taken = lots.takes(posting.lots_of(account), amount, actor.today)
    if taken is None:
        raise Refused(Why.SHORT)
    entry = posting.enter(actor, draft)
    posting.move_lots(entry, taken, -1)
    record(actor, entry, PointsHeld(account.user_id, amount))
    return entry


@action(Can.CONFIRM)
def confirm(actor: Actor, held: Entry, *, merchant: Account, key: str) -> Entry:
    """The points of a hold go to a merchant (`opening.open_merchant`); returns the entry, the subject of `reverse`.

    actor  the portal (`core.actor.system(now)`): the caller has already asked whether whoever stands at the desk may

    Of two at once one wins; asked for again with the same key it gives the same entry. Raises Refused: CLOSED where the
    hold was confirmed or released before (also by the clock), SAME_KEY.
    """
    return _close(actor, held, Kind.CONFIRM, merchant, key)


@action(Can.RELEASE)
def release(actor: Actor, held: Entry, *, key: str) -> Entry:
    """The points of a hold come back to where they were, each to its lot; what would have lapsed meanwhile lapses at
    once. actor: the person himself or the portal. Raises Refused: CLOSED, SAME_KEY."""
    assert held.user_id is not None
    return _close(actor, held, Kind.RELEASE, posting.wallet(held.place_path, held.user_id), key)


def _close(actor: Actor, held: Entry, kind: Kind, to: Account, key: str) -> Entry:
    aside = db.session.get_one(Account, held.taker_id)
    if held.kind is not Kind.HOLD or (kind is Kind.CONFIRM and to.kind is not Owner.MERCHANT):
        raise Refused(Why.CLOSED)
    posting.hold_still(aside, to)
    draft = Draft(
        kind, key, aside, to, held.amount, held.user_id,
        source=held.source, note=held.note, closes_id=held.id,
    )  # fmt: skip
    if known := posting.known(draft):
        return known
    if posting.closing(held.id):
        raise Refused(Why.CLOSED)
    entry = posting.enter(actor, draft)
    assert held.user_id is not None
    if kind is Kind.RELEASE:
        posting.move_lots(entry, posting.moved(held.id), 1)
        record(actor, entry, PointsReleased(held.user_id, held.id, held.amount))
        let_lapse(actor, to)
    else:
        record(actor, entry, PointsConfirmed(held.user_id, held.amount))
    return entry
