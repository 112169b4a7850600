"""Who can stand: an owner as the roll has him, found by his account, or by door plate and name."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ..core.db import db, read
from ..core.errors import Invalid
from ..core.text import _
from ..places.roster.housenumber import read_house, tidy
from .models.rolls import ORGANISATIONS, STANDS, RollUnit, Speaker, Voter
from .models.votes import OwnersVote
from .words import Capacity

_vote = sa.bindparam("vote", type_=sa.Integer)


class Nominee(NamedTuple):
    """An owner on the roll as one who may stand; `company`: the organisation that owns and sends him."""

    owner_id: int
    user_id: int | None
    label: str
    name: str
    company: str = ""


_ON_ROLL = (
    sa.select(
        Speaker.owner_id,
        Speaker.user_id,
        Speaker.name,
        Speaker.capacity,
        Voter.id.label("voter_id"),
        Voter.kind,
        Voter.label,
        Voter.name.label("owners"),
    )
    .join(Voter, Voter.id == Speaker.voter_id)
    .where(Speaker.vote_id == _vote)
    .order_by(Voter.number, Speaker.id)
)
_MINE = _ON_ROLL.where(Speaker.user_id == sa.bindparam("me", type_=sa.Integer), STANDS)
_OF_VOTER = sa.select(Speaker.owner_id).where(
    Speaker.voter_id == sa.bindparam("voter", type_=sa.Integer), Speaker.owner_id.is_not(None)
)
_NAMED = (
    _ON_ROLL.add_columns(RollUnit.label.label("door"))
    .join(RollUnit, RollUnit.voter_id == Voter.id)
    .where(STANDS, sa.or_(Speaker.name == sa.bindparam("name"), Voter.kind.in_(ORGANISATIONS)))
)


def own(vote_id: int, user_id: int | None, name: str) -> list[Nominee]:
    """As whom somebody may stand himself: an owner on the roll, or whom an organisation sends; a guardian may not."""
    if user_id is None:
        return []
    found: dict[int, Nominee] = {}
    for row in read(_MINE, {"vote": vote_id, "me": user_id}):
        if row.kind in ORGANISATIONS:
            owner = row.owner_id or _organisation(row.voter_id)
            if owner is not None:
                found.setdefault(owner, Nominee(owner, user_id, row.label, name, row.owners))
        elif row.owner_id is not None and row.capacity is Capacity.OWNER:
            found.setdefault(row.owner_id, Nominee(row.owner_id, user_id, row.label, row.name))
    return list(found.values())


def named(vote_id: int, plate: str, name: str) -> Nominee:
    """The owner behind a door plate by his name, or whom the organisation there sends. Nobody can look the roll
    through with it: plate and name must both be known. Raises Invalid."""
    found = read(_NAMED, {"vote": vote_id, "name": name})
    there = [row for row in found if _same_door(row.door, plate)]
    for row in there:
        if row.kind in ORGANISATIONS and row.owner_id is not None:
            return Nominee(row.owner_id, _account_of(there, name), row.label, name, row.owners)
        if row.owner_id is not None and row.name == name and row.capacity is Capacity.OWNER:
            return Nominee(row.owner_id, row.user_id, row.label, row.name)
    raise Invalid(_("名册上这个门牌没有这位业主。请照产权证写门牌和姓名。"), "name")


def _account_of(there: Sequence[Any], name: str) -> int | None:
    """Of whom the organisation sends, if he is on the roll under this name."""
    sent = (row.user_id for row in there if row.capacity is Capacity.REPRESENTATIVE and row.name == name)
    return next(sent, None)


def _organisation(voter_id: int) -> int | None:
    return next((row.owner_id for row in read(_OF_VOTER, {"voter": voter_id})), None)


def _same_door(label: str, typed: str) -> bool:
    """12-1-201 is 12号楼1单元201室; what is no house number is typed as it hangs."""
    hangs, written = (tidy(text).lower() for text in (label, typed))
    if hangs == written:
        return bool(hangs)
    door, asked = read_house(label), read_house(typed)
    return door is not None and asked is not None and door[:3] == asked[:3]


def on_roll(vote: OwnersVote, owners: Iterable[int]) -> set[int]:
    """Those of the owners who are on the roll as it is now."""
    found = sa.select(Speaker.owner_id).where(Speaker.vote_id == vote.id, Speaker.owner_id.in_(set(owners)))
    return {owner for owner in db.session.scalars(found) if owner is not None}
