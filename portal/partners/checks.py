"""Whether shelves, codes and statements agree with the books: asked by `flask points audit` with the books' own checks.

Each finds the numbers of the rows that are wrong. Where a community has no shop nothing of the books is theirs.
"""

from typing import Any

import sqlalchemy as sa

from ..points import checks
from ..points.models import Account, Entry, Line
from ..points.words import Kind, Owner
from .models import Offer, OfferSpan, PartnerMerchant, Redemption, Statement, StatementLine
from .stock import TAKEN
from .words import RedemptionState

R = RedemptionState


def _codes() -> sa.Select[Any]:
    """A code that waits has an open hold, one that was used a confirmation that nobody reversed, one that was put right
    a reversed one, and of all others the points came back."""
    hold, closing, undone = (sa.orm.aliased(Entry) for _ in range(3))
    released = sa.and_(closing.kind == Kind.RELEASE, Redemption.confirm_id.is_(None))
    confirmed = sa.and_(closing.kind == Kind.CONFIRM, closing.id == Redemption.confirm_id)
    stands = sa.case(
        (Redemption.state == R.HELD, sa.or_(closing.id.is_(None), released)),
        (Redemption.state == R.USED, sa.and_(confirmed, undone.id.is_(None))),
        (Redemption.state == R.REVERSED, sa.and_(confirmed, undone.id.is_not(None))),
        else_=released,
    )
    theirs = (hold.kind == Kind.HOLD, hold.amount == Redemption.cost, hold.user_id == Redemption.user_id)
    return (
        sa.select(Redemption.id)
        .outerjoin(hold, hold.id == Redemption.hold_id)
        .outerjoin(closing, closing.closes_id == hold.id)
        .outerjoin(undone, undone.closes_id == closing.id)
        .where(sa.func.coalesce(sa.case((sa.and_(*theirs, stands), 1), else_=0), 0) == 0)
    )


def _strangers() -> sa.Select[Any]:
    """Nothing is put aside or paid but for a code."""
    ours = sa.or_(Redemption.hold_id == Entry.id, Redemption.confirm_id == Entry.id)
    return sa.select(Entry.id).where(
        Entry.kind.in_((Kind.HOLD, Kind.CONFIRM)), _has_shops(Entry), ~sa.exists().where(ours)
    )


def _held() -> sa.Select[Any]:
    """What is put aside for somebody is what his codes cost whose hold is open."""
    closing = sa.orm.aliased(Entry)
    there = sa.select(_total(Line.amount)).where(Line.account_id == Account.id).scalar_subquery()
    wait = (
        sa.select(_total(Redemption.cost))
        .where(
            Redemption.user_id == Account.user_id,
            Redemption.place_path == Account.place_path,
            Redemption.state == R.HELD,
            ~sa.exists().where(closing.closes_id == Redemption.hold_id),
        )
        .scalar_subquery()
    )
    return sa.select(Account.id).where(Account.kind == Owner.HELD, _has_shops(Account), there != wait)


def _paid() -> sa.Select[Any]:
    """The points of a code went to its own shop."""
    shop = sa.literal("merchant:") + sa.cast(Redemption.merchant_id, sa.String)
    return (
        sa.select(Redemption.id)
        .join(Entry, Entry.id == Redemption.confirm_id)
        .join(Account, Account.id == Entry.taker_id)
        .where(Account.key != shop)
    )


def _shelves() -> sa.Select[Any]:
    """What was put on a shelf is still there or was taken."""
    taken = _pieces(Redemption.offer_id == Offer.id, Redemption.counted)
    return sa.select(Offer.id).where(
        Offer.left.is_not(None), sa.func.coalesce(Offer.stocked, -1) != Offer.left + taken
    )


def _spans() -> sa.Select[Any]:
    """What was taken in a day, week or month has as many codes."""
    taken = _pieces(Redemption.offer_id == OfferSpan.offer_id, Redemption.span == OfferSpan.starts)
    return sa.select(OfferSpan.offer_id).where(OfferSpan.taken != taken)


def _statements() -> sa.Select[Any]:
    """A line of a statement says what its entry did to that shop."""
    shop = sa.literal("merchant:") + sa.cast(Statement.merchant_id, sa.String)
    did = sa.and_(Line.entry_id == Entry.id, Line.account_id == Account.id)
    return (
        sa.select(StatementLine.statement_id)
        .join(Statement, Statement.id == StatementLine.statement_id)
        .join(Entry, Entry.id == StatementLine.entry_id)
        .outerjoin(Account, sa.and_(Account.place_path == Entry.place_path, Account.key == shop))
        .outerjoin(Line, did)
        .where(sa.func.coalesce(Line.amount, 0) != StatementLine.points)
    )


def _has_shops(thing: Any) -> Any:
    return sa.exists().where(PartnerMerchant.place_path == thing.place_path)


def _pieces(*which: Any) -> Any:
    wanted = sa.select(sa.func.count(Redemption.id)).where(*which, Redemption.state.in_(TAKEN))
    return wanted.scalar_subquery()


def _total(column: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(column), 0)


for _name, _check in {
    "codes stand as the books do": _codes,
    "the books hold and pay for codes only": _strangers,
    "held accounts hold what codes wait for": _held,
    "points went to the shop of the code": _paid,
    "shelves hold what was not taken": _shelves,
    "days, weeks and months count their codes": _spans,
    "statements say what the books say": _statements,
}.items():
    checks.add(_name, _check)
