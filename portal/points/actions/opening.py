"""Opening the programme of a community, its pools and its accounts."""

from typing import Any

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import posting
from ..events import BudgetIssued, ProgrammeOpened
from ..models.ledger import Account, Entry
from ..models.programme import Pool, Programme, Rule
from ..policy import Can
from ..posting import Draft
from ..refusals import sound
from ..starting import RULES
from ..words import Kind, Owner


@action(Can.OPEN)
def open_programme(
    actor: Actor, place: Any, *, pool: str, months: int = 24, month_cap: int = 200
) -> Programme:
    """Give points in a community from today on, by the usual table, out of one pool that has no budget yet. Raises
    Conflict if it was opened before, Invalid for a place that is no community."""
    path = place.place_path
    if path.count("/") != 2:
        raise Invalid(_("积分以社区为单位开办。"))
    if db.session.scalar(sa.select(Programme.id).where(Programme.place_path == path)):
        raise Conflict(_("这个社区已经开办积分了。"))
    if not 0 <= months <= 120:
        raise Invalid(_("有效期写 0 到 120 个月，0 表示不过期。"), "months")
    if not 0 < month_cap <= 10_000:
        raise Invalid(_("每月上限写 1 到 10000。"), "month_cap")
    programme = Programme(place_path=path, months=months, month_cap=month_cap, opened_at=actor.now)
    store(programme)
    first = _pool(programme, pool)
    store(*(_rule(actor, programme, first, line) for line in RULES))
    record(actor, programme, ProgrammeOpened(months, month_cap))
    return programme


@action(Can.OPEN_POOL)
def open_pool(actor: Actor, programme: Programme, *, name: str) -> Pool:
    """Another pool, with nothing in it. Raises Invalid for a name that is missing or taken."""
    same = sa.select(Pool.id).where(Pool.programme_id == programme.id, Pool.name == name.strip())
    if not name.strip() or db.session.scalar(same):
        raise Invalid(_("请给积分池起一个没有用过的名字。"), "name")
    return _pool(programme, name.strip())


@action(Can.ISSUE)
def issue(actor: Actor, pool: Pool, *, amount: int, key: str, reason: str) -> Entry:
    """Give a pool so much more to hand out. Raises Refused: BAD_AMOUNT, SAME_KEY; Invalid without a reason."""
    sound(amount)
    if not reason.strip():
        raise Invalid(_("请写这笔预算的来由。"), "reason")
    source = posting.account(pool.place_path, Owner.SOURCE)
    into = db.session.get_one(Account, pool.account_id)
    posting.hold_still(source, into)
    draft = Draft(Kind.ISSUE, key, source, into, amount, note=reason.strip()[:300])
    if known := posting.known(draft):
        return known
    entry = posting.enter(actor, draft)
    record(actor, pool, BudgetIssued(pool.id, amount))
    return entry


@action(Can.OPEN_ACCOUNT, share=True)
def open_wallet(actor: Actor, programme: Programme, *, user_id: int) -> Account:
    """The wallet of a person, made if he has none. actor: staff or the portal (`core.actor.system(now)`)."""
    return posting.wallet(programme.place_path, user_id)


@action(Can.OPEN_ACCOUNT, share=True)
def open_merchant(actor: Actor, programme: Programme, *, merchant_id: int) -> Account:
    """The account of a merchant, made if there is none: what was redeemed there. `merchant_id` is the number of the
    merchant in the table of whoever keeps merchants."""
    return posting.account(programme.place_path, Owner.MERCHANT, merchant_id)


def _pool(programme: Programme, name: str) -> Pool:
    number = db.session.scalar(
        sa.select(sa.func.count()).select_from(Pool).where(Pool.programme_id == programme.id)
    )
    account = posting.account(programme.place_path, Owner.POOL, (number or 0) + 1)
    pool = Pool(programme_id=programme.id, place_path=programme.place_path, account_id=account.id, name=name)
    store(pool)
    return pool


def _rule(actor: Actor, programme: Programme, pool: Pool, line: dict[str, Any]) -> Rule:
    return Rule(
        programme_id=programme.id,
        place_path=programme.place_path,
        pool_id=pool.id,
        starts=actor.today,
        set_by_id=actor.id,
        set_at=actor.now,
        **line,
    )
