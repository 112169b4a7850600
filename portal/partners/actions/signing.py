"""What becomes of a statement: the merchant signs or says what is wrong, the community answers, corrects by another
line, and signs; all merchants of a month in one go."""

from datetime import date

import sqlalchemy as sa

from ...core import access
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db, lock
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from ...places.models import Place
from ...points.models import Entry
from ..events import (
    DisputeAnswered,
    StatementAgreed,
    StatementCorrected,
    StatementDisputed,
    StatementReopened,
    StatementSettled,
)
from ..lifecycle import STATEMENT
from ..models import Redemption, Statement, StatementDispute, StatementLine
from ..policy import Can
from ..words import StatementState
from .drawing import DISPUTE

MOST_PIECES = 9_999


@action(Can.AGREE)
def agree(actor: Actor, statement: Statement, *, paper: str = "") -> None:
    """The merchant signs: its keeper by himself, or on paper that staff take in; then `paper` says whose name stands
    on it. Raises Invalid where staff do not say."""
    own = actor.id == statement.keeper_id
    if not own and not paper.strip():
        raise Invalid(_("请写是谁在纸上签的字。"), "paper")
    statement.agreed_by_id, statement.agreed_at = actor.id, actor.now
    statement.paper = "" if own else paper.strip()[:40]
    STATEMENT.move(actor, statement, StatementAgreed(statement.id))


@action(Can.DISPUTE)
def dispute(actor: Actor, statement: Statement, *, reason: str) -> StatementDispute:
    """Say what is wrong; nobody signs until it is answered. Raises Invalid without a reason."""
    assert actor.id is not None
    if not reason.strip():
        raise Invalid(_("请写哪里不对。"), "reason")
    said = StatementDispute(
        statement_id=statement.id, by_id=actor.id, at=actor.now, reason=reason.strip()[:600]
    )
    store(said)
    STATEMENT.move(actor, statement, StatementDisputed(statement.id))
    return said


@action(Can.ANSWER_DISPUTE)
def answer_dispute(actor: Actor, statement: Statement, *, upheld: bool, answer: str) -> None:
    """The community's answer; then the merchant signs, or objects once more. Raises Invalid without words."""
    if not answer.strip():
        raise Invalid(_("请写答复。"), "answer")
    wanted = sa.select(StatementDispute).where(
        StatementDispute.statement_id == statement.id, StatementDispute.answered_at.is_(None)
    )
    said = db.session.scalars(wanted).one()
    said.upheld, said.answer = upheld, answer.strip()[:600]
    said.answered_by_id, said.answered_at = actor.id, actor.now
    statement.until = actor.now + DISPUTE
    STATEMENT.move(actor, statement, DisputeAnswered(said.id))


@action(Can.CORRECT)
def correct_statement(
    actor: Actor, statement: Statement, *, title: str, pieces: int, reason: str, once: str
) -> StatementLine:
    """Pieces that were forgotten (more than nothing) or counted too often (less), on a line of their own; points stay
    as the books have them. Whoever signed signs anew. The same `once` again returns the first. Raises Invalid."""
    if known := made(StatementLine, once, by_id=actor.id):
        return known
    if not title.strip():
        raise Invalid(_("请写是哪一样。"), "title")
    if pieces == 0 or abs(pieces) > MOST_PIECES:
        raise Invalid(_("请写多了或少了几份，少记的写正数，多记的写负数。"), "pieces")
    if not reason.strip():
        raise Invalid(_("请写明为什么。"), "why")
    line = StatementLine(
        statement_id=statement.id,
        title=title.strip()[:40],
        pieces=pieces,
        points=0,
        because=reason.strip()[:300],
        by_id=actor.id,
        once=once,
        at=actor.now,
    )
    _add(actor, statement, line)
    return line


@action(Can.SETTLE_STATEMENT)
def settle_statement(actor: Actor, statement: Statement) -> None:
    """The community signs, by somebody else than who signed or took the paper in for the merchant."""
    statement.settled_by_id, statement.settled_at = actor.id, actor.now
    STATEMENT.move(actor, statement, StatementSettled(statement.id))


@action(Can.SETTLE_ALL, share=True)
def settle_all(actor: Actor, community: Place, *, month: date) -> int:
    """Sign for the community on all statements of a month that merchants signed and this person may sign; how many."""
    ready = access.rows(actor, Statement, Can.SETTLE_STATEMENT)
    wanted = sa.select(Statement).where(
        ready,
        Statement.place_path == community.place_path,
        Statement.month == month,
        Statement.state == StatementState.AGREED,
    )
    held = list(db.session.scalars(wanted.order_by(Statement.id).with_for_update()))
    for statement in held:
        statement.settled_by_id, statement.settled_at = actor.id, actor.now
        STATEMENT.move(actor, statement, StatementSettled(statement.id))
    return len(held)


def put_on(actor: Actor, redemption: Redemption, entry: Entry) -> None:
    """A redemption was put right by an entry: it goes on the statement that has the redemption while that is open, and
    on the next one otherwise. In the action that did it."""
    wanted = (
        sa.select(Statement)
        .join(StatementLine, StatementLine.statement_id == Statement.id)
        .where(StatementLine.entry_id == redemption.confirm_id)
    )
    statement = db.session.scalar(wanted)
    if statement is None or lock(statement).state is StatementState.SETTLED:
        return
    line = StatementLine(
        statement_id=statement.id,
        entry_id=entry.id,
        redemption_id=redemption.id,
        title=redemption.title,
        pieces=-1,
        points=-entry.amount,
        because=entry.note,
        at=actor.now,
    )
    _add(actor, statement, line)


def _add(actor: Actor, statement: Statement, line: StatementLine) -> None:
    store(line)
    statement.until = actor.now + DISPUTE
    if statement.state is StatementState.AGREED:
        statement.agreed_by_id, statement.agreed_at, statement.paper = None, None, ""
        STATEMENT.move(actor, statement, StatementReopened(line.id))
    else:
        record(actor, statement, StatementCorrected(line.id))
