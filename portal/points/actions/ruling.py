"""The table of what earns points: a row is never changed, the next version takes its place from a day on."""

from dataclasses import asdict, dataclass
from datetime import date

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ..events import RuleSet
from ..models.programme import Pool, Programme, Rule
from ..policy import Can
from ..words import Approver, Deed, Evidence, Per

MOST = 1000
MOST_CAP = 1_000_000


@dataclass(frozen=True)
class Row:
    """What a version of a row says."""

    deed: Deed
    points: int
    per: Per
    approver: Approver
    evidence: Evidence
    pool_id: int
    starts: date
    active: bool = True
    once_cap: int | None = None
    day_cap: int | None = None
    month_cap: int | None = None
    year_cap: int | None = None


SEEN = (Deed.HOUR, Deed.MEETING, Deed.ADOPTED, Deed.TRAINING, Deed.SURVEY)
"""What the portal sees by itself; everything else needs two people."""


@action(Can.SET_RULE)
def set_rule(actor: Actor, programme: Programme, *, row: Row) -> Rule:
    """A new version of a row, from today or a later day on. Raises Invalid for what cannot be meant."""
    if not 1 <= row.points <= MOST:
        raise Invalid(_("分数写 1 到 %(most)d。", most=MOST), "points")
    if row.starts < actor.today:
        raise Invalid(_("只能从今天或以后开始；以前的积分已经按当时的办法记了。"), "starts")
    if row.approver is Approver.PORTAL and row.deed not in SEEN:
        raise Invalid(_("这一项门户自己看不到，要两人核实。"), "approver")
    if row.approver is Approver.TWO and row.evidence is Evidence.EVENT:
        raise Invalid(_("两人核实要写明经过。"), "evidence")
    for name in ("once_cap", "day_cap", "month_cap", "year_cap"):
        most = getattr(row, name)
        if most is not None and not 1 <= most <= MOST_CAP:
            raise Invalid(_("上限写正整数，没有上限就不填。"), name)
    pool = db.session.get(Pool, row.pool_id)
    if pool is None or pool.programme_id != programme.id:
        raise Invalid(_("请选一个积分池。"), "pool_id")
    rule = Rule(
        programme_id=programme.id, place_path=programme.place_path, set_by_id=actor.id, set_at=actor.now,
        **asdict(row),
    )  # fmt: skip
    store(rule)
    record(actor, rule, RuleSet(row.deed, row.points, row.active, row.starts))
    return rule
