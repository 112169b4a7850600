"""Rewards in kind: a fund is opened with its table, one person proposes, another approves, and what was paid elsewhere
is recorded with its receipt."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from ...accounts.names import person_name
from ...core import clock
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.alike import known_as
from ...core.db import db, lock
from ...core.errors import Conflict, Invalid, NotAllowed
from ...core.eventlog import record
from ...core.text import _
from ..events import FundOpened, RewardApproved, RewardPaid, RewardProposed, RewardRefused
from ..models.rewards import Fund, Rate, Reward
from ..policy import Can
from ..queries import people
from ..queries.posts import on_duty

MOST = 100_000_000
"""分: more than a million yuan is a slip of the hand."""


@action(Can.OPEN_FUND)
def open_fund(
    actor: Actor, place: Any, *, name: str, source: str, budget: int, rates: Sequence[tuple[str, int]]
) -> Fund:
    """Open a fund with its table of amounts. Raises Invalid for what is missing or cannot be meant."""
    if not name.strip() or not source.strip():
        raise Invalid(_("请写名称和钱从哪里来。"), "name" if not name.strip() else "source")
    if not 0 < budget <= MOST:
        raise Invalid(_("请写预算。"), "budget")
    titles = [title.strip() for title, _amount in rates]
    if (
        not rates
        or not all(titles)
        or len(set(titles)) < len(titles)
        or any(not 0 < a <= MOST for _t, a in rates)
    ):
        raise Invalid(_("请写奖励标准：每种一行，金额大于零，不重复。"), "rates")
    if db.session.scalar(
        sa.select(Fund.id).where(Fund.place_path == place.place_path, Fund.name == name.strip())
    ):
        raise Invalid(_("这个名称用过了。"), "name")
    fund = Fund(
        place_path=place.place_path, name=name.strip(), source=source.strip(), budget=budget,
        opened_by_id=actor.id, opened_at=actor.now,
    )  # fmt: skip
    store(fund)
    store(*(Rate(fund_id=fund.id, title=title.strip(), amount=amount) for title, amount in rates))
    record(actor, fund, FundOpened(budget))
    return fund


@action(Can.PROPOSE_REWARD)
def propose_reward(
    actor: Actor, fund: Fund, *, rate_id: int, payee: str, what: str, once: str, user_id: int | None = None
) -> Reward:
    """Propose a reward by a line of the table. Raises Invalid; NotAllowed for oneself and for staff, however the name
    is spelled."""
    if found := made(Reward, once, proposed_by_id=actor.id):
        return found
    rate = db.session.get(Rate, rate_id)
    if rate is None or rate.fund_id != fund.id:
        raise Invalid(_("请从标准里选一种。"), "rate_id")
    if not what.strip():
        raise Invalid(_("请写报的是什么事、怎么核实的。"), "what")
    user_id = user_id or people.by_name(fund.place_path, payee)
    working = user_id is not None and (user_id == actor.id or on_duty(user_id, fund.place_path))
    if working or known_as(payee) in map(known_as, people.names_on_duty(fund.place_path)):
        raise NotAllowed(_("工作人员是职责所在，不领奖励。"))
    reward = Reward(
        fund_id=fund.id, place_path=fund.place_path, title=rate.title, amount=rate.amount,
        payee=person_name(payee, "payee"), user_id=user_id, what=what.strip()[:300],
        proposed_by_id=actor.id, proposed_at=actor.now, once=once,
    )  # fmt: skip
    store(reward)
    record(actor, reward, RewardProposed(reward.amount))
    return reward


@action(Can.DECIDE_REWARD)
def approve_reward(actor: Actor, reward: Reward) -> None:
    """Approve it. Raises NotAllowed for one's own or a relative's, Conflict where the fund has not so much left."""
    his = reward.user_id is not None and (
        reward.user_id == actor.id or people.kin_of(actor.id or 0, [reward.user_id])
    )
    if his or known_as(reward.payee) == known_as(actor.name):
        raise NotAllowed(_("里面有您自己或您的家人，请另一位工作人员来核实。"))
    fund = lock(db.session.get_one(Fund, reward.fund_id))
    spoken_for = sa.select(sa.func.coalesce(sa.func.sum(Reward.amount), 0)).where(
        Reward.fund_id == fund.id, Reward.approved.is_(True)
    )
    if (db.session.scalar(spoken_for) or 0) + reward.amount > fund.budget:
        raise Conflict(_("预算不够了，不能再批。"))
    _decide(actor, reward, True, "")
    record(actor, reward, RewardApproved(reward.amount))


@action(Can.DECIDE_REWARD)
def refuse_reward(actor: Actor, reward: Reward, *, answer: str) -> None:
    """Say why not."""
    if not answer.strip():
        raise Invalid(_("请写为什么不批。"), "answer")
    _decide(actor, reward, False, answer.strip()[:300])
    record(actor, reward, RewardRefused())


@action(Can.PAY_REWARD)
def note_payment(actor: Actor, reward: Reward, *, paid_on: date, receipt: str) -> None:
    """Record that it was paid, with the receipt that the payee signed. The portal pays nothing itself."""
    if not receipt.strip():
        raise Invalid(_("请写收据编号。"), "receipt")
    if paid_on > actor.today or paid_on < clock.local(reward.proposed_at).date():
        raise Invalid(_("发放日期在提出以后，不晚于今天。"), "paid_on")
    reward.paid_on, reward.receipt = paid_on, receipt.strip()[:60]
    record(actor, reward, RewardPaid(reward.amount, paid_on))


def _decide(actor: Actor, reward: Reward, approved: bool, answer: str) -> None:
    reward.approved, reward.answer = approved, answer
    reward.decided_by_id, reward.decided_at = actor.id, actor.now
