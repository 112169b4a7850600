"""The table of what earns points, and what somebody earned under it."""

from datetime import date

import sqlalchemy as sa

from ...core.db import db, read
from ..caps import Earned
from ..models.ledger import Entry
from ..models.programme import Pool, Programme, Rule
from ..words import Deed, Kind


def in_force(programme: Programme, on: date) -> list[Rule]:
    """The rows that hold on a day: of every deed the one that began last."""
    begun = (
        sa.select(Rule)
        .where(Rule.programme_id == programme.id, Rule.starts <= on)
        .order_by(Rule.starts, Rule.id)
    )
    latest = {rule.deed: rule for rule in db.session.scalars(begun)}
    return [latest[deed] for deed in Deed if deed in latest]


def coming(programme: Programme, after: date) -> list[Rule]:
    """Rows that are set and do not hold yet."""
    wanted = sa.select(Rule).where(Rule.programme_id == programme.id, Rule.starts > after)
    return list(db.session.scalars(wanted.order_by(Rule.starts, Rule.id)))


def rule_for(programme: Programme, deed: Deed, on: date) -> Rule | None:
    """The row of a deed that holds on a day; None if there is none or it is switched off."""
    wanted = sa.select(Rule).where(Rule.programme_id == programme.id, Rule.deed == deed, Rule.starts <= on)
    latest = db.session.scalar(wanted.order_by(Rule.starts.desc(), Rule.id.desc()).limit(1))
    return latest if latest is not None and latest.active else None


def pools(programme: Programme) -> list[Pool]:
    return list(
        db.session.scalars(sa.select(Pool).where(Pool.programme_id == programme.id).order_by(Pool.id))
    )


def kept() -> sa.ColumnElement[int]:
    """What is kept of an entry that was earned: without what corrections took back."""
    less = sa.orm.aliased(Entry)
    taken = sa.select(sa.func.coalesce(sa.func.sum(less.amount), 0)).where(less.mends_id == Entry.id)
    return Entry.amount - taken.scalar_subquery()


def earned(place_path: str, user_id: int, deed: Deed, on: date) -> Earned:
    """What was earned and not put right since."""
    undone = sa.orm.aliased(Entry)
    first = on.replace(day=1)
    of_deed, this_month = Entry.deed == deed, Entry.day >= first

    def total(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((sa.and_(*conditions), kept()), else_=0)), 0)

    wanted = sa.select(
        total(of_deed, Entry.day == on), total(of_deed, this_month), total(of_deed), total(this_month)
    ).where(
        Entry.user_id == user_id,
        Entry.place_path == place_path,
        Entry.kind == Kind.EARN,
        Entry.day >= on.replace(month=1, day=1),
        Entry.day <= on,
        ~sa.exists().where(undone.closes_id == Entry.id),
    )
    return Earned(*read(wanted)[0])
