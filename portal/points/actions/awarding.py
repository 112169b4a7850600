"""What the portal gives by itself when it sees that something good was done: once, by the row of the table that holds
that day. Whoever did it is never kept from doing it: where nothing can be given, the log says why."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ...core.actor import Actor, system
from ...core.db import db
from ...core.eventlog import record, reference
from .. import caps, posting
from ..events import PointsNotGiven
from ..models.ledger import Account, Entry
from ..models.programme import Pool, Programme, Rule
from ..queries import accounts, table
from ..queries.posts import on_duty
from ..refusals import Refused
from ..words import Approver, Deed, NotGiven, Why
from .earning import earn


def award(
    actor: Actor, subject: Any, user_id: int | None, deed: Deed, *, minutes: int = 0, team: str | None = None
) -> Entry | None:
    """Thank somebody for `deed` at `subject`, if his community gives points for it. None if it does not, if he has been
    thanked for that very thing before, or if a limit is reached."""
    programme = accounts.programme_of(subject.place_path)
    if programme is None or user_id is None:
        return None
    rule = table.rule_for(programme, deed, actor.today)
    if rule is None or rule.approver is not Approver.PORTAL or on_duty(user_id, programme.place_path):
        return None
    amount = caps.worth(rule, minutes)
    key = f"{deed.value}:{reference(subject)}:{user_id}"
    if amount <= 0 or _given(programme, key):
        return None
    thanks = Thanks(user_id, amount, key, reference(subject), getattr(subject, "title", "")[:300], team)
    return give(system(actor.now), programme, rule, thanks)


@dataclass(frozen=True)
class Thanks:
    """How much for whom, for what, and the key under which it is entered once."""

    user_id: int
    amount: int
    key: str
    source: str
    note: str = ""
    team: str | None = None


def give(actor: Actor, programme: Programme, rule: Rule, thanks: Thanks) -> Entry | None:
    """Give it up to the limits and within the budget; None where one of them is in the way, and the log says so."""
    user_id, amount = thanks.user_id, thanks.amount
    pool = db.session.get_one(Pool, rule.pool_id)
    wallet = posting.wallet(programme.place_path, user_id)
    posting.hold_still(db.session.get_one(Account, pool.account_id), wallet)
    earned = table.earned(programme.place_path, user_id, rule.deed, actor.today)
    cap = caps.crossed(rule, earned, programme.month_cap, amount)
    if cap is not None:
        record(actor, wallet, PointsNotGiven(user_id, rule.deed, amount, NotGiven(cap.value)))
        return None
    try:
        return earn(
            actor, programme, pool=pool, user_id=user_id, amount=amount, key=thanks.key, deed=rule.deed,
            rule_id=rule.id, source=thanks.source, note=thanks.note, team=thanks.team,
        )  # fmt: skip
    except Refused as refused:
        if refused.why is not Why.BUDGET:
            raise
        record(actor, wallet, PointsNotGiven(user_id, rule.deed, amount, NotGiven.BUDGET))
        return None


def _given(programme: Programme, key: str) -> bool:
    wanted = sa.select(Entry.id).where(Entry.place_path == programme.place_path, Entry.key == key)
    return db.session.scalar(wanted) is not None
