"""Drawing up the statements of a month: from the books, for all merchants of a community in a few statements of SQL."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ...core import ticks
from ...core.actions import action
from ...core.actor import Actor
from ...core.columns import Instant
from ...core.db import db, read, write
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from ...points.models import Entry, Programme
from ...points.words import Kind
from ..events import StatementDrawn
from ..models import PartnerMerchant, Redemption, Statement, StatementLine
from ..policy import Can
from ..rules import month_before, next_month
from ..words import StatementState

DISPUTE = timedelta(days=7)
AT_ONCE = 20
_TABLES = Statement.metadata.tables
_STATEMENT, _LINE = _TABLES[Statement.__tablename__], _TABLES[StatementLine.__tablename__]


@action(Can.DRAW)
def draw_statements(actor: Actor, community: Place, *, month: date) -> int:
    """Draw up the statement of every merchant where something was redeemed or put right in a month; how many. Asked
    again it draws none twice. Raises Invalid for a month that is not over."""
    first = month.replace(day=1)
    if next_month(first) > actor.today:
        raise Invalid(_("这个月还没过完，下月 1 日以后再出对账单。"), "month")
    path = community.place_path
    due = _entries(path, first).subquery()
    write(_new(actor.now, path, first, sa.select(due.c.merchant_id)))
    drawn = list(
        db.session.scalars(
            sa.select(Statement)
            .where(
                Statement.place_path == path,
                Statement.month == first,
                ~sa.exists().where(StatementLine.statement_id == Statement.id),
            )
            .order_by(Statement.id)
        )
    )
    if drawn:
        write(_lines(actor.now, due, first))
    pieces = _pieces([s.id for s in drawn])
    for statement in drawn:
        record(actor, statement, StatementDrawn(first, pieces.get(statement.id, 0)))
    return len(drawn)


def draw_due(actor: Actor) -> int:
    """The clock: communities whose last month is over and not drawn up."""
    month = month_before(actor.today)
    there = sa.exists().where(Statement.place_path == Place.place_path, Statement.month == month)
    some = sa.exists().where(
        Entry.place_path == Place.place_path,
        Entry.day >= month,
        Entry.day < next_month(month),
        Redemption.confirm_id == Entry.id,
    )
    wanted = sa.select(Place).join(Programme, Programme.place_path == Place.place_path).where(~there, some)
    due = list(db.session.scalars(wanted.order_by(Place.id).limit(AT_ONCE)))
    return ticks.each(due, lambda community: draw_statements(actor, community, month=month))


def _entries(path: str, month: date) -> sa.Select[Any]:
    """What the books say of merchants in a month and stands on no statement; and what came in at the last minute of
    the month before, when its statement had been drawn up."""
    before = month_before(month)
    late = sa.exists().where(Statement.merchant_id == Redemption.merchant_id, Statement.month == before)
    given = Entry.kind == Kind.CONFIRM
    return (
        sa.select(
            Redemption.merchant_id,
            Redemption.id.label("redemption_id"),
            Entry.id.label("entry_id"),
            Redemption.title,
            sa.case((given, 1), else_=-1).label("pieces"),
            sa.case((given, Entry.amount), else_=-Entry.amount).label("points"),
            sa.case((given, ""), else_=Entry.note).label("because"),
            Entry.at,
        )
        .join(Redemption, Redemption.confirm_id == sa.case((given, Entry.id), else_=Entry.closes_id))
        .where(
            Entry.place_path == path,
            Entry.kind.in_((Kind.CONFIRM, Kind.REVERSE)),
            Entry.day < next_month(month),
            sa.or_(Entry.day >= month, sa.and_(Entry.day >= before, late)),
            ~sa.exists().where(StatementLine.entry_id == Entry.id),
        )
    )


def _new(now: datetime, path: str, month: date, merchants: Any) -> sa.Executable:
    """A statement for each of the merchants that has none of the month."""
    there = sa.exists().where(_STATEMENT.c.merchant_id == PartnerMerchant.id, _STATEMENT.c.month == month)
    instant = sa.literal(now, Instant())
    rows = (
        sa.select(
            sa.literal(path),
            PartnerMerchant.id,
            PartnerMerchant.keeper_id,
            sa.literal(StatementState.DRAWN.value),
            sa.literal(month, sa.Date()),
            instant,
            sa.literal(now + DISPUTE, Instant()),
            sa.literal(""),
            instant,
        )
        .where(PartnerMerchant.id.in_(merchants), ~there)
        .order_by(PartnerMerchant.id)
    )
    names = "place_path merchant_id keeper_id state month drawn_at until paper moved_at".split()
    return sa.insert(_STATEMENT).from_select(names, rows)


def _lines(now: datetime, due: Any, month: date) -> sa.Executable:
    """Their lines. What is due of a merchant whose statement of the month has lines waits for the next."""
    full = sa.exists().where(_LINE.c.statement_id == _STATEMENT.c.id)
    rows = (
        sa.select(
            _STATEMENT.c.id,
            due.c.entry_id,
            due.c.redemption_id,
            due.c.title,
            due.c.pieces,
            due.c.points,
            due.c.because,
            due.c.at,
        )
        .join(_STATEMENT, sa.and_(_STATEMENT.c.merchant_id == due.c.merchant_id, _STATEMENT.c.month == month))
        .where(_STATEMENT.c.drawn_at == sa.literal(now, Instant()), ~full)
        .order_by(_STATEMENT.c.id, due.c.entry_id)
    )
    names = "statement_id entry_id redemption_id title pieces points because at".split()
    return sa.insert(_LINE).from_select(names, rows)


def _pieces(statements: Sequence[int]) -> dict[int, int]:
    wanted = sa.select(StatementLine.statement_id, sa.func.sum(StatementLine.pieces))
    if not statements:
        return {}
    between = StatementLine.statement_id.between(statements[0], statements[-1])
    return {row[0]: int(row[1]) for row in read(wanted.where(between).group_by(StatementLine.statement_id))}
