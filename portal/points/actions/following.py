"""Points follow the book of hours, once a correction.

The rule: what the hours are worth after it less what they were worth before, by the row under which they were thanked
for (today's, where they were not). More is given like any thanks, up to the limits. Less is taken back from those very
points and from no others: what of them was used or has lapsed stays as it is, and the log says how much. Nobody ever
owes points.
"""

from typing import Any

import sqlalchemy as sa

from ...core.actions import action
from ...core.actor import Actor, system
from ...core.db import db
from ...core.eventlog import record, reference
from .. import caps, lots, posting
from ..events import PointsLeftWith, PointsTakenBack
from ..models.ledger import Account, Entry, Lot
from ..models.programme import Programme, Rule
from ..policy import Can
from ..posting import Draft
from ..queries import accounts, table
from ..queries.posts import on_duty
from ..words import Approver, Deed, Kind
from .awarding import Thanks, give
from .lapsing import let_lapse


def follow(
    actor: Actor, correction: Any, user_id: int, source: str, *, before: int, after: int, team: str
) -> None:
    """Somebody's minutes of `source` were corrected: give or take the difference in points."""
    programme = accounts.programme_of(correction.place_path)
    if programme is None:
        return
    thanked = _thanked(programme, user_id, source)
    rule = _rule(actor, programme, thanked)
    if rule is None:
        return
    portal, change = system(actor.now), caps.worth(rule, after) - caps.worth(rule, before)
    if change < 0:
        _less(portal, thanked, -change, correction)
    elif change > 0 and not on_duty(user_id, programme.place_path):
        key = f"{Deed.HOUR.value}:{reference(correction)}:{user_id}"
        give(portal, programme, rule, Thanks(user_id, change, key, source, _note(thanked), team))


@action(Can.REVERSE)
def take_back(actor: Actor, entry: Entry, *, most: int, key: str) -> int:
    """Enter that of something earned so much goes back to its pool, as far as it is still there; how much it was.
    actor: the portal."""
    assert entry.user_id is not None
    wallet, pool = (db.session.get_one(Account, number) for number in (entry.taker_id, entry.giver_id))
    posting.hold_still(wallet, pool)
    let_lapse(actor, wallet)
    lot = db.session.query(Lot).filter_by(entry_id=entry.id).populate_existing().one()
    amount = min(most, lot.left)
    if amount <= 0:
        return 0
    draft = Draft(
        Kind.REDUCE, key, wallet, pool, amount, entry.user_id,
        deed=entry.deed, source=entry.source, note=entry.note, mends_id=entry.id,
    )  # fmt: skip
    made = posting.enter(actor, draft)
    posting.move_lots(made, [lots.Take(lot.id, amount)], -1)
    record(actor, made, PointsTakenBack(entry.user_id, entry.id, amount))
    return amount


def _less(portal: Actor, thanked: list[Entry], due: int, correction: Any) -> None:
    for entry in thanked:
        if due:
            due -= take_back(portal, entry, most=due, key=f"reduce:{reference(correction)}:{entry.id}")
    if due and thanked:
        assert thanked[0].user_id is not None
        record(portal, thanked[0], PointsLeftWith(thanked[0].user_id, due))


def _thanked(programme: Programme, user_id: int, source: str) -> list[Entry]:
    """What was given for it, the last first."""
    wanted = sa.select(Entry).where(
        Entry.place_path == programme.place_path,
        Entry.user_id == user_id,
        Entry.source == source,
        Entry.deed == Deed.HOUR,
        Entry.kind == Kind.EARN,
    )
    return list(db.session.scalars(wanted.order_by(Entry.id.desc())))


def _note(thanked: list[Entry]) -> str:
    """What the first thanks said."""
    return thanked[-1].note if thanked else ""


def _rule(actor: Actor, programme: Programme, thanked: list[Entry]) -> Rule | None:
    first = thanked[-1].rule_id if thanked else None
    if first is not None:
        return db.session.get_one(Rule, first)
    rule = table.rule_for(programme, Deed.HOUR, actor.today)
    return rule if rule is not None and rule.approver is Approver.PORTAL else None
