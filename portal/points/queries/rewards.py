"""What is read of rewards in kind: the funds with their totals, and the list that everybody reads, without names."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...core.db import read
from ..models.rewards import Fund, Rate, Reward


class FundLine(NamedTuple):
    """A fund in figures. `cases` and `approved` are of what was approved, `paid` of what was handed out."""

    id: int
    name: str
    source: str
    budget: int
    cases: int
    approved: int
    paid: int

    @property
    def average(self) -> int:
        """分 for one reward, half up; 0 where there is none."""
        return (self.approved * 2 + self.cases) // (self.cases * 2) if self.cases else 0


class Kind(NamedTuple):
    """What a line of the table came to."""

    title: str
    cases: int
    amount: int


def _whole(amount: Any) -> Any:
    """The sum as a whole number: PostgreSQL makes decimals of sums of money."""
    return sa.cast(sa.func.coalesce(sa.func.sum(amount), 0), sa.BigInteger)


def funds(place_path: str) -> list[FundLine]:
    def total(condition: Any) -> Any:
        return _whole(sa.case((condition, Reward.amount), else_=0))

    approved = Reward.approved.is_(True)
    wanted = (
        sa.select(
            Fund.id, Fund.name, Fund.source, Fund.budget,
            sa.func.coalesce(sa.func.sum(sa.case((approved, 1), else_=0)), 0),
            total(approved), total(Reward.paid_on.is_not(None)),
        )
        .outerjoin(Reward, Reward.fund_id == Fund.id)
        .where(Fund.place_path == place_path)
        .group_by(Fund.id, Fund.name, Fund.source, Fund.budget)
        .order_by(Fund.id.desc())
    )  # fmt: skip
    return [FundLine(*row) for row in read(wanted)]


def kinds(fund_id: int) -> list[Kind]:
    """Of what was approved, by the lines of the table."""
    wanted = (
        sa.select(Rate.title, sa.func.count(Reward.id), _whole(Reward.amount))
        .outerjoin(
            Reward,
            sa.and_(Reward.fund_id == Rate.fund_id, Reward.title == Rate.title, Reward.approved.is_(True)),
        )
        .where(Rate.fund_id == fund_id)
        .group_by(Rate.id, Rate.title)
        .order_by(Rate.id)
    )
    return [Kind(*row) for row in read(wanted)]


def rates(fund_id: int) -> list[Any]:
    wanted = sa.select(Rate.id, Rate.title, Rate.amount).where(Rate.fund_id == fund_id)
    return list(read(wanted.order_by(Rate.id)))


class PublicLine(NamedTuple):
    """What everybody reads of one reward: no name, no place, no words that somebody typed."""

    title: str
    amount: int
    decided_on: Any
    paid_on: date | None


def public(fund_id: int, limit: int = 200) -> list[PublicLine]:
    wanted = sa.select(Reward.title, Reward.amount, Reward.decided_at, Reward.paid_on).where(
        Reward.fund_id == fund_id, Reward.approved.is_(True)
    )
    return [PublicLine(*row) for row in read(wanted.order_by(Reward.id.desc()).limit(limit))]


def open_ones(fund_id: int, limit: int = 200) -> Sequence[Any]:
    """For staff: those that wait for a decision, then those that wait to be paid."""
    wanted = sa.select(
        Reward.id, Reward.title, Reward.amount, Reward.payee, Reward.what, Reward.approved, Reward.proposed_at
    ).where(Reward.fund_id == fund_id, Reward.paid_on.is_(None), Reward.approved.is_not(False))
    return list(read(wanted.order_by(Reward.approved.is_not(None), Reward.id).limit(limit)))
