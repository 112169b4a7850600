"""Putting an entry right: never by changing it, but by another one with its reason."""

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid, NotAllowed
from ...core.eventlog import record
from ...core.text import _
from .. import lots, posting
from ..events import PointsReversed
from ..models.ledger import Account, Entry, Lot
from ..policy import Can
from ..posting import Draft
from ..queries import people
from ..refusals import Refused
from ..words import Kind, Why
from .lapsing import let_lapse


@action(Can.REVERSE)
def reverse(actor: Actor, entry: Entry, *, key: str, reason: str) -> Entry:
    """Undo something earned, or a redemption that was confirmed, once.

    What was earned goes back to its pool, if nothing of it was used, is held or has lapsed. A redemption comes back
    from the merchant to the lots it was paid from; what of them is too old lapses at once.

    actor  a member of staff, for something earned that is neither his nor of his kin; or the portal. A redemption is
    put right where the thing was handed over, which asks the portal to do this: else the one would know nothing of it.
    reason: what the wallet says about it.
    Raises Refused: REVERSED, USED, SHORT (the merchant has not so much any more), NOT_REVERSIBLE, SAME_KEY; Invalid
    without a reason.
    """
    if not reason.strip():
        raise Invalid(_("请写更正的理由。"), "reason")
    if entry.kind not in (Kind.EARN, Kind.CONFIRM) or (entry.kind is Kind.CONFIRM and actor.id is not None):
        raise Refused(Why.NOT_REVERSIBLE)
    assert entry.user_id is not None
    if actor.id is not None and people.kin_of(actor.id, [entry.user_id]):
        raise NotAllowed(_("里面有您自己或您的家人，请另一位工作人员来核实。"))
    had = db.session.get_one(Account, entry.taker_id)
    earned = entry.kind is Kind.EARN
    to = (
        db.session.get_one(Account, entry.giver_id)
        if earned
        else posting.wallet(entry.place_path, entry.user_id)
    )
    posting.hold_still(had, to)
    draft = Draft(
        Kind.REVERSE, key, had, to, entry.amount, entry.user_id,
        deed=entry.deed, source=entry.source, note=reason.strip()[:300], closes_id=entry.id,
    )  # fmt: skip
    if known := posting.known(draft):
        return known
    if posting.closing(entry.id):
        raise Refused(Why.REVERSED)
    made = _earned_back(actor, draft, entry, had) if earned else _redeemed_back(actor, draft, entry, to)
    record(actor, made, PointsReversed(entry.user_id, entry.id, entry.amount))
    return made


def _earned_back(actor: Actor, draft: Draft, entry: Entry, wallet: Account) -> Entry:
    let_lapse(actor, wallet)
    lot = db.session.query(Lot).filter_by(entry_id=entry.id).populate_existing().one()
    if lot.left != lot.amount:
        raise Refused(Why.USED)
    made = posting.enter(actor, draft)
    posting.move_lots(made, [lots.Take(lot.id, lot.amount)], -1)
    return made


def _redeemed_back(actor: Actor, draft: Draft, entry: Entry, wallet: Account) -> Entry:
    assert entry.closes_id is not None
    made = posting.enter(actor, draft)
    posting.move_lots(made, posting.moved(entry.closes_id), 1)
    let_lapse(actor, wallet)
    return made
