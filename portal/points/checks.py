"""Whether the books are right: every number that is kept anywhere is computed again from the entries.

Each check is a statement that finds what is wrong, with the number of the row. Whoever keeps something that must agree
with the books adds a check of its own (`add`), so that one command asks for everything.
"""

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from ..core.db import db
from .models.ledger import Account, Entry, Line, Lot, LotMove
from .words import Kind, Owner

Check = Callable[[], sa.Select[Any]]
CHECKS: dict[str, Check] = {}
MOST_SHOWN = 20


def add(name: str, check: Check) -> None:
    """Register a check: a select whose first column names each row that is wrong."""
    if CHECKS.setdefault(name, check) is not check:
        raise LookupError(f"two checks are called {name}")


def wrong() -> Iterator[tuple[str, list[Any]]]:
    """The checks that find something, each with the first rows of it."""
    for name, check in CHECKS.items():
        if found := list(db.session.execute(check().limit(MOST_SHOWN)).scalars()):
            yield name, found


def _total(column: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(column), 0)


def _sides() -> sa.Select[Any]:
    """An entry has two lines, which are what it says."""
    signed = sa.case((Line.account_id == Entry.taker_id, Entry.amount), else_=-Entry.amount)
    good = sa.and_(Line.account_id.in_((Entry.giver_id, Entry.taker_id)), Line.amount == signed)
    return (
        sa.select(Entry.id)
        .outerjoin(Line, Line.entry_id == Entry.id)
        .group_by(Entry.id)
        .having(sa.or_(sa.func.count(Line.seq) != 2, _total(Line.amount) != 0, _total(_as_number(good)) != 2))
    )


def _chain() -> sa.Select[Any]:
    """The balance after every line is the sum of all before it, numbered without a gap."""
    over: dict[str, Any] = {"partition_by": Line.account_id, "order_by": Line.seq}
    lines = sa.select(
        Line.account_id,
        Line.seq,
        Line.balance,
        sa.func.sum(Line.amount).over(**over).label("sum"),
        sa.func.row_number().over(**over).label("nth"),
    ).subquery()
    odd = sa.or_(lines.c.balance != lines.c.sum, lines.c.seq != lines.c.nth)
    return sa.select(lines.c.account_id).where(odd)


def _below() -> sa.Select[Any]:
    """Nothing but the source is ever below nothing."""
    return sa.select(Line.account_id).join(Account).where(Line.balance < 0, Account.kind != Owner.SOURCE)


def _sum() -> sa.Select[Any]:
    """All points of a community are somewhere: what the source owes is what all others hold."""
    return (
        sa.select(Account.place_path)
        .join(Line, Line.account_id == Account.id)
        .group_by(Account.place_path)
        .having(sa.func.sum(Line.amount) != 0)
    )


def _lots() -> sa.Select[Any]:
    """What is left of a lot is what its moves leave, and it began with what was earned."""
    return (
        sa.select(Lot.id)
        .join(Entry, Entry.id == Lot.entry_id)
        .outerjoin(LotMove, LotMove.lot_id == Lot.id)
        .group_by(Lot.id, Lot.left, Lot.amount, Lot.account_id, Entry.amount, Entry.taker_id, Entry.kind)
        .having(
            sa.or_(
                Lot.left != _total(LotMove.amount),
                Lot.amount != Entry.amount,
                Lot.account_id != Entry.taker_id,
                Entry.kind != Kind.EARN,
            )
        )
    )


def _wallets() -> sa.Select[Any]:
    """A wallet holds what is left of its lots."""
    lines = sa.select(_total(Line.amount)).where(Line.account_id == Account.id).scalar_subquery()
    left = sa.select(_total(Lot.left)).where(Lot.account_id == Account.id).scalar_subquery()
    return sa.select(Account.id).where(Account.kind == Owner.PERSON, lines != left)


def _holds() -> sa.Select[Any]:
    """What is held for a person is the sum of his holds that nobody closed."""
    closing = sa.orm.aliased(Entry)
    lines = sa.select(_total(Line.amount)).where(Line.account_id == Account.id).scalar_subquery()
    open_ = sa.select(_total(Entry.amount)).where(
        Entry.taker_id == Account.id,
        Entry.kind == Kind.HOLD,
        ~sa.exists().where(closing.closes_id == Entry.id),
    )
    return sa.select(Account.id).where(Account.kind == Owner.HELD, lines != open_.scalar_subquery())


def _closings() -> sa.Select[Any]:
    """A hold is confirmed or released, and what was earned or confirmed is reversed, each with all of its points."""
    of = sa.orm.aliased(Entry)
    holds = sa.and_(Entry.kind.in_((Kind.CONFIRM, Kind.RELEASE)), of.kind == Kind.HOLD)
    undone = sa.and_(Entry.kind == Kind.REVERSE, of.kind.in_((Kind.EARN, Kind.CONFIRM)))
    good = sa.and_(
        sa.or_(holds, undone),
        Entry.amount == of.amount,
        Entry.giver_id == of.taker_id,
        Entry.user_id == of.user_id,
    )
    needs = Entry.kind.in_((Kind.CONFIRM, Kind.RELEASE, Kind.REVERSE))
    return (
        sa.select(Entry.id)
        .outerjoin(of, of.id == Entry.closes_id)
        .where(
            sa.or_(
                sa.and_(needs, sa.func.coalesce(_as_number(good), 0) == 0),
                ~needs & Entry.closes_id.is_not(None),
            )
        )
    )


def _mends() -> sa.Select[Any]:
    """What takes back a part takes it from something earned, to where that came from."""
    of = sa.orm.aliased(Entry)
    good = sa.and_(
        of.kind == Kind.EARN,
        Entry.giver_id == of.taker_id,
        Entry.taker_id == of.giver_id,
        Entry.user_id == of.user_id,
    )
    needs = Entry.kind == Kind.REDUCE
    return (
        sa.select(Entry.id)
        .outerjoin(of, of.id == Entry.mends_id)
        .where(
            sa.or_(
                sa.and_(needs, sa.func.coalesce(_as_number(good), 0) == 0),
                ~needs & Entry.mends_id.is_not(None),
            )
        )
    )


def _moves() -> sa.Select[Any]:
    """What an entry took from lots or gave back is what it took from the wallet or gave it."""
    giver, taker = sa.orm.aliased(Account), sa.orm.aliased(Account)
    into = sa.case((taker.kind == Owner.PERSON, Entry.amount), else_=0)
    out = sa.case((giver.kind == Owner.PERSON, Entry.amount), else_=0)
    return (
        sa.select(Entry.id)
        .join(giver, giver.id == Entry.giver_id)
        .join(taker, taker.id == Entry.taker_id)
        .outerjoin(LotMove, LotMove.entry_id == Entry.id)
        .group_by(Entry.id, Entry.amount, giver.kind, taker.kind)
        .having(_total(LotMove.amount) != into - out)
    )


def _as_number(condition: Any) -> Any:
    return sa.case((condition, 1), else_=0)


for _name, _check in {
    "entries have two lines that sum to zero": _sides,
    "balances follow from the lines": _chain,
    "nothing is below zero": _below,
    "all accounts of a community sum to zero": _sum,
    "lots follow from their moves": _lots,
    "wallets hold what is left of their lots": _wallets,
    "held accounts hold the open holds": _holds,
    "confirmations, releases and reversals close one entry": _closings,
    "what is taken back in part was earned": _mends,
    "entries move the lots they pay with": _moves,
}.items():
    add(_name, _check)
