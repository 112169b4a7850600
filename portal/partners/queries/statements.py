"""What the pages of statements read, each in one statement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from ...accounts.models import User
from ...core.db import read
from ..models import Agreement, Redemption, Statement, StatementDispute, StatementLine
from ..rules import next_month


def sums_of(statement: Statement) -> Sequence[Any]:
    """What was handed over, a row for each thing and its points."""
    pieces, points = sa.func.sum(StatementLine.pieces), sa.func.sum(StatementLine.points)
    wanted = (
        sa.select(StatementLine.title, pieces.label("pieces"), points.label("points"))
        .where(StatementLine.statement_id == statement.id, StatementLine.because == "")
        .group_by(StatementLine.title, StatementLine.points)
    )
    return read(wanted.order_by(sa.func.min(StatementLine.id)))


def corrections_of(statement: Statement) -> Sequence[Any]:
    wanted = sa.select(
        StatementLine.id,
        StatementLine.title,
        StatementLine.pieces,
        StatementLine.points,
        StatementLine.because,
        StatementLine.at,
    ).where(StatementLine.statement_id == statement.id, StatementLine.because != "")
    return read(wanted.order_by(StatementLine.id))


def lines_of(statement: Statement) -> Sequence[Any]:
    """Every line, for a file: nickname and thing, nothing else of anybody; who has no nickname is masked."""
    wanted = (
        sa.select(
            StatementLine.at,
            StatementLine.title,
            StatementLine.pieces,
            StatementLine.points,
            StatementLine.because,
            User.nickname,
            User.name,
        )
        .outerjoin(Redemption, Redemption.id == StatementLine.redemption_id)
        .outerjoin(User, User.id == Redemption.user_id)
        .where(StatementLine.statement_id == statement.id)
    )
    return read(wanted.order_by(StatementLine.at, StatementLine.id))


def disputes_of(statement: Statement) -> Sequence[Any]:
    wanted = sa.select(
        StatementDispute.id,
        StatementDispute.reason,
        StatementDispute.at,
        StatementDispute.upheld,
        StatementDispute.answer,
        StatementDispute.answered_at,
    ).where(StatementDispute.statement_id == statement.id)
    return read(wanted.order_by(StatementDispute.id))


def signers_of(statement: Statement) -> dict[int, str]:
    """By account the names of the two who signed: it is a paper, on which nobody goes by a nickname."""
    people = [n for n in (statement.agreed_by_id, statement.settled_by_id) if n]
    if not people:
        return {}
    return {row[0]: row[1] for row in read(sa.select(User.id, User.name).where(User.id.in_(people)))}


def payer_of(statement: Statement) -> Any:
    """Who bears it, by the agreement that ran; None without one."""
    wanted = (
        sa.select(Agreement.payer)
        .where(Agreement.merchant_id == statement.merchant_id, Agreement.starts < next_month(statement.month))
        .order_by(Agreement.id.desc())
        .limit(1)
    )
    rows = read(wanted)
    return rows[0][0] if rows else None


def standing(place_path: str, month: date) -> dict[str, int]:
    """How many statements of a month stand where."""
    wanted = sa.select(Statement.state, sa.func.count()).where(
        Statement.place_path == place_path, Statement.month == month
    )
    return {str(row[0]): row[1] for row in read(wanted.group_by(Statement.state))}
