"""The list of movements of a wallet: the page, its filters and its files."""

from dataclasses import replace

import sqlalchemy as sa

from ..core.actor import Actor
from ..core.listing import Column, Filter, Listing, Sort
from ..core.text import N_, _
from .leaves import movement
from .models.ledger import Account, Entry, Line
from .words import Kind, Owner

_CLOSING = sa.orm.aliased(Entry)
_GROUPS = {
    "in": (N_("得到的"), (Kind.EARN, Kind.RELEASE)),
    "out": (N_("用掉的"), (Kind.HOLD,)),
    "expired": (N_("到期的"), (Kind.EXPIRE,)),
    "put_right": (N_("更正的"), (Kind.REVERSE, Kind.REDUCE)),
}


def _groups(_actor: Actor) -> list[tuple[str, str]]:
    return [(key, _(words)) for key, (words, _kinds) in _GROUPS.items()]


MOVEMENTS = Listing(
    model=Entry,
    select=sa.select(
        Entry.id,
        Entry.kind,
        Entry.deed,
        Entry.day,
        Entry.at,
        Entry.note,
        Entry.source,
        Line.seq,
        Line.amount,
        Line.balance,
        _CLOSING.kind.label("closed_by"),
    )
    .join(Line, Line.entry_id == Entry.id)
    .outerjoin(_CLOSING, _CLOSING.closes_id == Entry.id),
    sorts=(
        Sort("new", N_("最近的在前"), Line.seq),
        Sort("old", N_("最早的在前"), Line.seq, descending=False),
    ),
    filters=(Filter("group", N_("哪一种"), _groups, lambda value: Entry.kind.in_(_GROUPS[value][1])),),
    columns=(
        Column(N_("日期"), lambda m: m.day),
        Column(N_("事由"), movement),
        Column(N_("积分"), lambda m: m.amount),
        Column(N_("余额"), lambda m: m.balance),
        Column(N_("编号"), lambda m: m.id),
    ),
)


def of_wallet(place_path: str, user_id: int) -> Listing:
    """The movements of one person's wallet."""
    whose = sa.select(Account.id).where(
        Account.place_path == place_path, Account.key == f"{Owner.PERSON.value}:{user_id}"
    )
    return replace(MOVEMENTS, select=MOVEMENTS.select.where(Line.account_id == whose.scalar_subquery()))
