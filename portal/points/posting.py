"""The one door into the ledger: an entry with its two lines, and what it does to lots. Called by actions only, which
have their transaction; everything here happens in it or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from ..core.actions import store
from ..core.actor import Actor
from ..core.db import db, dialect, write
from . import lots
from .lots import Take
from .models.ledger import Account, Entry, Line, Lot, LotMove
from .refusals import Refused, sound
from .words import Deed, Kind, Owner, Why

RANK = {kind: number for number, kind in enumerate(Owner)}
"""The order in which accounts are held, so that no two operations wait for each other."""
_TABLES = Entry.metadata.tables
_LOT = _TABLES[Lot.__tablename__]
_SIDE = sa.insert(_TABLES[Line.__tablename__])
_NOTED = sa.insert(_TABLES[LotMove.__tablename__])
_MOVED = (
    sa.update(_LOT)
    .where(_LOT.c.id == sa.bindparam("lot"))
    .values(left=_LOT.c.left + sa.bindparam("by", type_=sa.Integer))
)


@dataclass(frozen=True)
class Draft:
    """What is to be entered."""

    kind: Kind
    key: str
    giver: Account
    taker: Account
    amount: int
    user_id: int | None = None
    deed: Deed | None = None
    rule_id: int | None = None
    source: str = ""
    note: str = ""
    team: str | None = None
    closes_id: int | None = None
    mends_id: int | None = None
    until: datetime | None = None


def account(place_path: str, kind: Owner, whose: int | None = None, user_id: int | None = None) -> Account:
    """The account of that key in the community, made if there is none; two who make it at once have the same."""
    key = kind.value if whose is None else f"{kind.value}:{whose}"
    wanted = sa.select(Account).where(Account.place_path == place_path, Account.key == key)
    found = db.session.scalar(wanted)
    if found is None:
        insert = postgresql.insert if dialect() == "postgresql" else sqlite.insert
        new = {"place_path": place_path, "kind": kind, "key": key, "user_id": user_id}
        write(insert(_TABLES[Account.__tablename__]).on_conflict_do_nothing(), new)
        found = db.session.scalars(wanted).one()
    return found


def wallet(place_path: str, user_id: int) -> Account:
    return account(place_path, Owner.PERSON, user_id, user_id)


def held(place_path: str, user_id: int) -> Account:
    return account(place_path, Owner.HELD, user_id, user_id)


def hold_still(*accounts: Account) -> None:
    """Keep accounts for this transaction, in the order that all keep to."""
    ids = [a.id for a in accounts]
    rank = sa.case(RANK, value=Account.kind, else_=len(RANK))
    wanted = sa.select(Account.id).where(Account.id.in_(ids)).order_by(rank, Account.id)
    db.session.execute(wanted.with_for_update()).all()


def balance(of: Account) -> int:
    return _last(of)[1]


def enter(actor: Actor, draft: Draft) -> Entry:
    """Enter it; the accounts must be held still, and `known` asked before. Raises Refused where the giver has not so
    much, and for accounts of two communities."""
    sound(draft.amount)
    if draft.giver.place_path != draft.taker.place_path:
        raise Refused(Why.ELSEWHERE)
    (given, before), (taken, after) = _last(draft.giver), _last(draft.taker)
    if before < draft.amount and draft.giver.kind is not Owner.SOURCE:
        raise Refused(Why.BUDGET if draft.giver.kind is Owner.POOL else Why.SHORT)
    entry = _entry(actor, draft)
    store(entry)
    sides = (
        (draft.giver, given, -draft.amount, before - draft.amount),
        (draft.taker, taken, draft.amount, after + draft.amount),
    )
    rows = [
        {"account_id": of.id, "seq": seq + 1, "entry_id": entry.id, "amount": change, "balance": then}
        for of, seq, change, then in sides
    ]
    write(_SIDE, *rows)
    return entry


def known(draft: Draft) -> Entry | None:
    """What was entered under this key with the same content. Raises Refused for other content."""
    wanted = sa.select(Entry).where(Entry.place_path == draft.giver.place_path, Entry.key == draft.key)
    entry = db.session.scalar(wanted)
    if entry is not None and _content(entry) != (
        draft.kind, draft.giver.id, draft.taker.id, draft.amount, draft.source, draft.closes_id
    ):  # fmt: skip
        raise Refused(Why.SAME_KEY)
    return entry


def closing(entry_id: int) -> Entry | None:
    """What confirmed, released or reversed an entry."""
    return db.session.scalar(sa.select(Entry).where(Entry.closes_id == entry_id))


def lots_of(of: Account) -> list[lots.Lot]:
    """What is left of the lots of a person's account."""
    wanted = sa.select(Lot.id, Lot.left, Lot.expires_on).where(Lot.account_id == of.id, Lot.left > 0)
    return [lots.Lot(*row) for row in db.session.execute(wanted.order_by(Lot.id))]


def move_lots(entry: Entry, moves: Iterable[Take], sign: int) -> None:
    """Note what the entry takes from lots (sign -1) or gives back (+1)."""
    for lot_id, amount in moves:
        write(_MOVED, {"lot": lot_id, "by": sign * amount})
        write(_NOTED, {"entry_id": entry.id, "lot_id": lot_id, "amount": sign * amount})


def moved(entry_id: int) -> list[Take]:
    """What an entry took from lots, as amounts above nothing."""
    wanted = sa.select(LotMove.lot_id, -LotMove.amount).where(LotMove.entry_id == entry_id)
    return [Take(*row) for row in db.session.execute(wanted.order_by(LotMove.lot_id))]


def new_lot(of: Account, entry: Entry, expires_on: date | None) -> None:
    lot = Lot(
        account_id=of.id, entry_id=entry.id, amount=entry.amount, left=entry.amount, expires_on=expires_on
    )
    store(lot)
    write(_NOTED, {"entry_id": entry.id, "lot_id": lot.id, "amount": entry.amount})


def _entry(actor: Actor, draft: Draft) -> Entry:
    return Entry(
        place_path=draft.giver.place_path,
        kind=draft.kind,
        key=draft.key,
        at=actor.now,
        day=actor.today,
        amount=draft.amount,
        giver_id=draft.giver.id,
        taker_id=draft.taker.id,
        user_id=draft.user_id,
        actor_id=actor.id,
        entered_by_id=actor.entered_by,
        deed=draft.deed,
        rule_id=draft.rule_id,
        source=draft.source,
        note=draft.note,
        team=draft.team,
        closes_id=draft.closes_id,
        mends_id=draft.mends_id,
        until=draft.until,
    )


def _content(entry: Entry) -> Sequence[object]:
    return entry.kind, entry.giver_id, entry.taker_id, entry.amount, entry.source, entry.closes_id


def _last(of: Account) -> tuple[int, int]:
    """Number and balance of the last line."""
    wanted = (
        sa.select(Line.seq, Line.balance).where(Line.account_id == of.id).order_by(Line.seq.desc()).limit(1)
    )
    row = db.session.execute(wanted).first()
    return (row[0], row[1]) if row else (0, 0)
