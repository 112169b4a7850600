"""Drawing up the roll: the register as it is now, and who is one head in it by the rule of `counting.roll`.

Three queries whatever the size: units of the estate, owners on their titles with the accounts recognised as them,
and the buildings' names. The whole estate is read: who the developer is may be seen only from outside the scope.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from ...accounts.models import Membership, Relation, User
from ...core.access import under
from ...core.db import read
from ...core.terms import in_term
from ...places.models import Owner, OwnerKind, OwnerSet, Place, PlaceKind, Unit
from ...voting.counting import roll as counting
from ...voting.counting.roll import Blocked
from ...voting.counting.weight import Weight
from ..models.votes import OwnersVote
from ..scopes import paths_of
from ..words import VoterKind


class Part(NamedTuple):
    """A unit as the register has it; `area` in 0.01 m², none where nobody knows it."""

    id: int
    place_path: str
    label: str
    building: str
    use: str
    state: str
    area: int | None
    area_source: str
    owner_set_id: int | None
    floor: str
    order: int
    """Place among the units of the estate as house numbers run."""


class Person(NamedTuple):
    """One owner on a title; `user_id`: the account that was recognised as him."""

    id: int
    name: str
    organisation: bool
    user_id: int | None


class Head(NamedTuple):
    """One voter of the roll. `key` tells the same head again in a later version of it."""

    key: str
    number: int
    owner_set_id: int | None
    kind: VoterKind
    parts: tuple[Part, ...]
    owners: tuple[Person, ...]

    @property
    def area(self) -> int:
        return sum(part.area or 0 for part in self.parts)

    @property
    def name(self) -> str:
        return "、".join(owner.name for owner in self.owners)[:200]


class Drawn(NamedTuple):
    """`uses`, `left_out`: area and number of units by use, of those counted and of those that are not."""

    heads: list[Head]
    uses: Mapping[str, Weight]
    left_out: Mapping[str, Weight]

    @property
    def area(self) -> int:
        return sum(head.area for head in self.heads)

    @property
    def units(self) -> int:
        return sum(len(head.parts) for head in self.heads)


class Flawed(NamedTuple):
    """No roll: the units about which something must be mended first. `reason` is a word of the count."""

    reason: str
    parts: list[Part]


class Register(NamedTuple):
    """What the roll is drawn from."""

    parts: dict[str, Part]
    """By the id of the count: u12."""
    owners: dict[int, tuple[Person, ...]]
    """By owner set."""
    developers: frozenset[int]
    """Owner sets of the developer."""


def drawn_up(vote: OwnersVote) -> Drawn | Flawed:
    """The roll as it would be today, or what stands in its way. `vote` may be a row of its page."""
    register = read_register(vote)
    within = tuple(paths_of(vote))
    inside = {key for key, part in register.parts.items() if part.place_path.startswith(within)}
    found = counting.drawn_up(
        [_unit(key, part, register) for key, part in register.parts.items()],
        count_parking=vote.count_parking,
        developer=_developer(register),
        buildings=(),
        affected=inside,
    )
    if isinstance(found, Blocked):
        return Flawed(found.reason, [register.parts[key] for key in found.units])
    heads = [
        head_of(number, [register.parts[unit] for unit in voter.units], register)
        for number, voter in enumerate(found.voters, 1)
    ]
    return Drawn(heads, found.uses, found.left_out)


def read_register(vote: OwnersVote) -> Register:
    """The estate's units in the order of their house numbers, with their owners."""
    estate = vote.place_path[: vote.place_path.index(f"/{vote.estate_id}/") + len(f"/{vote.estate_id}/")]
    buildings = {row.place_path: row.name for row in read(_BUILDINGS, {"estate": vote.estate_id})}
    developers, parts = set(), {}
    for order, row in enumerate(read(_UNITS, {"estate": vote.estate_id})):
        parts[f"u{row.id}"] = Part(
            id=row.id,
            place_path=row.place_path,
            label=row.label,
            building=_building(row, estate, buildings),
            use=row.use.value,
            state=row.delivery.value,
            area=row.exclusive_area,
            area_source=row.area_source,
            owner_set_id=row.owner_set_id,
            floor=row.floor,
            order=order,
        )
        if row.developer:
            developers.add(row.owner_set_id)
    return Register(parts, _owners(estate), frozenset(developers))


def member(owner_id: int) -> str:
    """An owner as the count names him."""
    return f"p{owner_id}"


def members(register: Register, owner_set_id: int | None) -> frozenset[str]:
    """All on a title as the count names them; nobody where the register has no name."""
    return frozenset(member(o.id) for o in register.owners.get(owner_set_id or 0, ()))


def _unit(key: str, part: Part, register: Register) -> counting.Unit:
    return counting.Unit(
        id=key,
        area=part.area,
        owners=members(register, part.owner_set_id),
        use=part.use,
        state=part.state,
        building=part.building,
    )


def _developer(register: Register) -> str:
    """Stated where the register knows exactly one; else the rule of the count finds him or says it cannot."""
    if len(register.developers) != 1:
        return ""
    return "+".join(sorted(members(register, *register.developers)))


def head_of(number: int, units: Sequence[Part], register: Register) -> Head:
    """The head that owns these units together."""
    parts = tuple(units)
    with_developer = any(part.state in counting.WITH_THE_DEVELOPER for part in parts)
    owner_set = _owner_set(parts, register, with_developer)
    developer = with_developer or owner_set in register.developers
    owners = register.owners.get(owner_set or 0, ())
    key = f"s{owner_set}" if owner_set else counting.DEVELOPER if developer else f"u{parts[0].id}"
    return Head(key, number, owner_set, _kind(owners, developer), parts, owners)


def _owner_set(parts: Sequence[Part], register: Register, with_developer: bool) -> int | None:
    """Whose head it is: a buyer who was not handed the unit yet is not its voter."""
    if with_developer and len(register.developers) == 1:
        return next(iter(register.developers))
    own = (p.owner_set_id for p in parts if p.owner_set_id in register.owners and p.state != "undelivered")
    return next(own, None)


def _kind(owners: Sequence[Person], developer: bool) -> VoterKind:
    if developer:
        return VoterKind.DEVELOPER
    if not owners:
        return VoterKind.UNKNOWN
    if len(owners) > 1:
        return VoterKind.CO_OWNERS
    return VoterKind.COMPANY if owners[0].organisation else VoterKind.SINGLE


def _building(row: Any, estate: str, buildings: Mapping[str, str]) -> str:
    """The name of the building; of a unit that hangs on its estate the door plate without its number."""
    first = row.place_path[len(estate) :].split("/")[0]
    named = buildings.get(f"{estate}{first}/")
    return named or re.sub(r"[0-9A-Za-z].*$", "", row.label).strip() or row.label[:60]


def _owners(estate: str) -> dict[int, tuple[Person, ...]]:
    """Owners by set. One account speaks for one owner of a set, and an owner by one account: the first recognised."""
    found: dict[int, dict[int, Person]] = {}
    for row in read(_OWNERS.where(under(Owner.place_path, estate))):
        people = found.setdefault(row.owner_set_id, {})
        if row.id in people:
            continue
        taken = any(other.user_id == row.user_id for other in people.values())
        people[row.id] = Person(
            row.id, row.name, row.kind is OwnerKind.ORGANISATION, None if taken else row.user_id
        )
    return {owner_set: tuple(people.values()) for owner_set, people in found.items()}


_BUILDINGS = sa.select(Place.place_path, Place.name).where(
    Place.parent_id == sa.bindparam("estate"), Place.kind != PlaceKind.UNIT
)
_UNITS = (
    sa.select(
        Unit.id,
        Unit.place_path,
        Place.label,
        Unit.use,
        Unit.floor,
        Unit.delivery,
        Unit.exclusive_area,
        Unit.area_source,
        Unit.owner_set_id,
        OwnerSet.developer,
    )
    .join(Place, Place.id == Unit.id)
    .outerjoin(OwnerSet, OwnerSet.id == Unit.owner_set_id)
    .where(Unit.estate_id == sa.bindparam("estate"), Unit.gone_on.is_(None))
    .order_by(Place.sort_key, Unit.id)
)
_ACCOUNTS = (
    sa.select(Membership.id, Membership.owner_id, Membership.user_id)
    .join(User, User.id == Membership.user_id)
    .where(
        Membership.owner_id.is_not(None),
        Membership.relation == Relation.OWNER,
        Membership.doubted.is_(False),
        in_term(Membership),
        User.closed_at.is_(None),
    )
    .subquery()
)
_OWNERS = (
    sa.select(Owner.owner_set_id, Owner.id, Owner.kind, Owner.name, _ACCOUNTS.c.user_id)
    .outerjoin(_ACCOUNTS, _ACCOUNTS.c.owner_id == Owner.id)
    .order_by(Owner.id, _ACCOUNTS.c.id)
)
