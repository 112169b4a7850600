"""Earning: points go from a pool to a person, as a new lot."""

from datetime import date

from ...core.actions import action
from ...core.actor import Actor
from ...core.db import db
from ...core.eventlog import record
from .. import lots, posting
from ..events import PointsEarned
from ..models.ledger import Account, Entry
from ..models.programme import Pool, Programme
from ..policy import Can
from ..posting import Draft
from ..refusals import Refused, sound
from ..words import Deed, Kind, Why


@action(Can.EARN, share=True)
def earn(
    actor: Actor, programme: Programme, *, pool: Pool, user_id: int, amount: int, key: str, deed: Deed,
    rule_id: int | None = None, source: str = "", note: str = "", team: str | None = None, lasts: bool | date = True,
) -> Entry:  # fmt: skip
    """Give a person points out of a pool. actor: the portal; whoever decides it has asked before.

    `lasts`: True as long as the programme says, False for ever, or a first day on which they can no longer be used.
    Raises Refused: BAD_AMOUNT, BUDGET, SAME_KEY.
    """
    sound(amount)
    if pool.programme_id != programme.id:
        raise Refused(Why.ELSEWHERE)
    giver, taker = db.session.get_one(Account, pool.account_id), posting.wallet(programme.place_path, user_id)
    posting.hold_still(giver, taker)
    draft = Draft(Kind.EARN, key, giver, taker, amount, user_id, deed, rule_id, source, note, team)
    if known := posting.known(draft):
        return known
    entry = posting.enter(actor, draft)
    posting.new_lot(taker, entry, _until(programme, actor.today, lasts))
    record(actor, entry, PointsEarned(user_id, deed, amount))
    return entry


def _until(programme: Programme, today: date, lasts: bool | date) -> date | None:
    if isinstance(lasts, bool):
        return lots.expires_on(today, programme.months) if lasts else None
    return lasts
