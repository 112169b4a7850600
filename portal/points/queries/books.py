"""What staff read: pools, what waits, the month in figures, the sample and the board."""

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import User
from ...accounts.naming import shown
from ...core import clock
from ...core.db import db, read
from ..models.ledger import Entry, Line
from ..models.programme import Pool, Programme
from ..models.thanks import Appeal, BoardSeat, Grant, Sample, Share
from ..words import Kind
from .people import living_here
from .table import kept


class PoolLine(NamedTuple):
    """A pool: what it was given, and what is left of it."""

    id: int
    name: str
    issued: int
    left: int


def pools(programme: Programme) -> list[PoolLine]:
    left = (
        sa.select(Line.balance)
        .where(Line.account_id == Pool.account_id)
        .order_by(Line.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    issued = (
        sa.select(sa.func.sum(Entry.amount))
        .where(Entry.taker_id == Pool.account_id, Entry.kind == Kind.ISSUE)
        .scalar_subquery()
    )
    none = sa.func.coalesce
    wanted = sa.select(Pool.id, Pool.name, none(issued, 0), none(left, 0)).where(
        Pool.programme_id == programme.id
    )
    return [PoolLine(*row) for row in read(wanted.order_by(Pool.id))]


def grants(programme: Programme, limit: int = 30) -> list[Any]:
    """Grants, those that wait first, then the latest."""
    total = sa.select(sa.func.sum(Share.amount)).where(Share.grant_id == Grant.id).scalar_subquery()
    count = sa.select(sa.func.count()).where(Share.grant_id == Grant.id).scalar_subquery()
    wanted = (
        sa.select(
            Grant.id, Grant.deed, Grant.reason, Grant.given, Grant.asked_at, Grant.decided_at,
            total.label("amount"), count.label("people"), shown(User).label("asked_by"),
        )
        .join(User, User.id == Grant.asked_by_id)
        .where(Grant.programme_id == programme.id)
        .order_by(Grant.given.is_not(None), Grant.id.desc())
    )  # fmt: skip
    return list(read(wanted.limit(limit)))


def shares(grant: Grant) -> list[Any]:
    wanted = sa.select(Share.user_id, Share.amount, shown(User).label("name")).join(
        User, User.id == Share.user_id
    )
    return list(read(wanted.where(Share.grant_id == grant.id).order_by(Share.user_id)))


def appeals(programme: Programme, limit: int = 30) -> list[Any]:
    """Appeals that wait for an answer, the oldest first."""
    wanted = (
        sa.select(Appeal.id, Appeal.entry_id, Appeal.text, Appeal.answer_by, shown(User).label("name"))
        .join(User, User.id == Appeal.user_id)
        .where(Appeal.place_path == programme.place_path, Appeal.answered_at.is_(None))
    )
    return list(read(wanted.order_by(Appeal.id).limit(limit)))


def month(programme: Programme, first: date, after: date) -> list[Any]:
    """The statement of a month: by kind and deed how many entries and points."""
    wanted = (
        sa.select(
            Entry.kind,
            Entry.deed,
            sa.func.count().label("entries"),
            sa.func.sum(Entry.amount).label("points"),
        )
        .where(Entry.place_path == programme.place_path, Entry.day >= first, Entry.day < after)
        .group_by(Entry.kind, Entry.deed)
        .order_by(Entry.kind, Entry.deed)
    )
    return list(read(wanted))


class PoolMonth(NamedTuple):
    """A pool in a month: what it was given, what went to people less what came back, and what is left at its end."""

    name: str
    issued: int
    given: int
    left: int


def pools_of_month(programme: Programme, first: date, after: date) -> list[PoolMonth]:
    def total(*conditions: Any) -> Any:
        return sa.func.coalesce(sa.func.sum(sa.case((sa.and_(*conditions), Line.amount), else_=0)), 0)

    within, budget = Entry.day >= first, Entry.kind == Kind.ISSUE
    wanted = (
        sa.select(Pool.name, total(within, budget), -total(within, ~budget), total(Entry.id.is_not(None)))
        .outerjoin(Line, Line.account_id == Pool.account_id)
        .outerjoin(Entry, sa.and_(Entry.id == Line.entry_id, Entry.day < after))
        .where(Pool.programme_id == programme.id)
        .group_by(Pool.id, Pool.name)
        .order_by(Pool.id)
    )
    return [PoolMonth(name, int(issued), int(given), int(left)) for name, issued, given, left in read(wanted)]


def samples(programme: Programme, limit: int = 60) -> list[Any]:
    """What was drawn, those that wait first."""
    wanted = (
        sa.select(
            Sample.id, Sample.place_path, Sample.month, Sample.entry_id, Sample.sound, Sample.finding,
            Sample.checked_at,
            Entry.deed, Entry.amount, Entry.note, Entry.user_id, Entry.actor_id, Entry.source,
            shown(User).label("name"),
        )
        .join(Entry, Entry.id == Sample.entry_id)
        .join(User, User.id == Entry.user_id)
        .where(Sample.programme_id == programme.id)
        .order_by(Sample.sound.is_not(None), Sample.month.desc(), Sample.id)
    )  # fmt: skip
    return list(read(wanted.limit(limit)))


class SampleResult(NamedTuple):
    """What the sample of a month came to, for everybody to read."""

    month: date
    drawn: int
    checked: int
    wrong: int
    seed: str


def sample_results(programme: Programme) -> list[SampleResult]:
    def count(condition: Any) -> Any:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    wanted = (
        sa.select(
            Sample.month,
            sa.func.count(),
            count(Sample.sound.is_not(None)),
            count(Sample.sound.is_(False)),
            sa.func.min(Sample.seed),
        )
        .where(Sample.programme_id == programme.id)
        .group_by(Sample.month)
        .order_by(Sample.month.desc())
        .limit(12)
    )
    return [SampleResult(*row) for row in read(wanted)]


def board(programme: Programme, first: date, after: date, reader: int | None = None) -> list[Any]:
    """Who wants to be on the board, still belongs here and earned something in the month, by points: (user_id,
    nickname, points); `reads` of each line: what the reader himself earned."""
    undone = sa.orm.aliased(Entry)
    points = sa.func.sum(kept()).label("points")
    counts = (
        Entry.place_path == programme.place_path,
        Entry.kind == Kind.EARN,
        Entry.day >= first,
        Entry.day < after,
        ~sa.exists().where(undone.closes_id == Entry.id),
    )
    total = sa.select(sa.func.coalesce(sa.func.sum(kept()), 0))
    own = total.where(Entry.user_id == reader, *counts).correlate(None)
    wanted = (
        sa.select(BoardSeat.user_id, BoardSeat.nickname, points, own.scalar_subquery().label("reads"))
        .join(Entry, Entry.user_id == BoardSeat.user_id)
        .join(User, User.id == BoardSeat.user_id)
        .where(
            BoardSeat.programme_id == programme.id,
            *living_here(programme.place_path, clock.today()),
            *counts,
        )
        .group_by(BoardSeat.user_id, BoardSeat.nickname)
        .order_by(points.desc(), BoardSeat.nickname)
        .limit(20)
    )
    return list(read(wanted))


def seat(programme: Programme, user_id: int) -> BoardSeat | None:
    return db.session.get(BoardSeat, (programme.id, user_id))
