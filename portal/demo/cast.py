"""The people of the demo: those the stories name, and further neighbours drawn from the owners' register."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import sqlalchemy as sa

from ..accounts.actions.people import register
from ..accounts.actions.posts import give_role
from ..accounts.models import Relation
from ..core import clock
from ..core.db import db
from ..core.text import LANGUAGES
from ..councils.actions.table import give_seat
from ..councils.models import Council
from ..councils.words import Party
from ..places.models import Delivery, Owner, OwnerKind, OwnerSet, Place, Unit, Use
from ..places.naming import UnitName, name_of
from .ground import Ground, account, present
from .plan import Neighbour, Person
from .sources import Fields, people
from .words import POSTS, RELATIONS

FAMILY = ("cui-xiangzhu",)
APART = timedelta(minutes=7)
"""Between two people who come to the counter."""


def enrol(
    ground: Ground, crowds: dict[tuple[str, str], int], password_hash: str, opened: datetime
) -> dict[Person, int]:
    """Register everybody, from the second day on. Returns the account numbers."""
    made: dict[Person, int] = {}
    hours = (opened + timedelta(days=1) + n * APART for n in range(10_000))
    for key, told in people().items():
        with clock.frozen(next(hours)):
            made[key] = _named(ground, told, password_hash)
    taken = {
        _unit(ground, told[where])
        for told in people().values()
        for where in ("unit", "shop")
        if where in told
    }
    clerk = made[_first(("social_worker",))]
    for neighbour, owner_id, unit_id in _neighbours(ground, crowds, taken):
        with clock.frozen(next(hours)):
            made[neighbour] = _owner(ground, clerk, owner_id, unit_id)
    return made


def seat(ground: Ground, made: dict[Person, int]) -> None:
    """Give the council its seats."""
    council = db.session.get_one(Council, ground.council_id)
    secretary = present(made[_first(("secretary",))])
    for key, told in people().items():
        if told.get("seat"):
            give_seat(secretary, council, user_id=made[key], party=Party(told["party"]))


def _first(roles: tuple[str, ...]) -> str:
    return next(key for key, told in people().items() if told["roles"][0]["role"] in roles)


def _named(ground: Ground, told: Fields, password_hash: str) -> int:
    """A person of people.yaml: his account, his unit, his posts."""
    administrator = present(ground.administrator_id)
    unit = db.session.get_one(Unit, _unit(ground, told["unit"])) if "unit" in told else None
    owner = _entry(unit, told["name"]) if unit else None
    user = register(
        administrator,
        ground.community,
        name=told["name"],
        nickname=told["nickname"],
        phone=told["phone"],
        password_hash=password_hash,
        unit=unit,
        relation=_relation(told, owner),
        owner=owner,
        lang=told["language"] if told["language"] in LANGUAGES else "en",
    )
    places = ground.places()
    for post in told["roles"]:
        if post["role"] in POSTS:
            role, title = POSTS[post["role"]]
            where = places.get((post["at"], ""), ground.community_id)
            give_role(administrator, db.session.get_one(Place, where), user=user, role=role, title=title)
    return user.id


def _relation(told: Fields, owner: Owner | None) -> Relation:
    """An owner whom the register does not name is kept as family until it is mended."""
    said = {RELATIONS[p["role"]] for p in told["roles"] if p["role"] in RELATIONS}
    if Relation.OWNER in said:
        return Relation.OWNER if owner else Relation.FAMILY
    return Relation.TENANT


def _entry(unit: Unit, name: str) -> Owner | None:
    return db.session.scalar(
        sa.select(Owner).where(Owner.owner_set_id == unit.owner_set_id, Owner.name == name)
    )


def _unit(ground: Ground, where: Fields) -> int:
    """The unit of an address of people.yaml."""
    use = Use.SHOP if where["room"].startswith("商") else Use.HOME
    name = name_of(where["estate"], where["building"], where["entrance"], where["room"], use)
    return ground.register.units[name].id


def _owner(ground: Ground, clerk_id: int, owner_id: int, unit_id: int) -> int:
    """A neighbour without a role: kept at the desk by his name in the register, without phone or password."""
    owner = db.session.get_one(Owner, owner_id)
    unit = db.session.get_one(Unit, unit_id)
    clerk = present(clerk_id)
    user = register(clerk, ground.community, name=owner.name, unit=unit, relation=Relation.OWNER, owner=owner)
    return user.id


def _neighbours(
    ground: Ground, crowds: dict[tuple[str, str], int], taken: set[int]
) -> Iterator[tuple[Neighbour, int, int]]:
    """(neighbour, his entry of the register, his unit): as many households of each place as the stories need.

    Raises LookupError if a place has too few.
    """
    free = _homes(ground, taken)
    for (estate, building), count in sorted(crowds.items(), key=lambda c: -len(c[0][1])):
        near = [
            h for h in free if estate in ("", h[0].estate) and building in ("", h[0].building[: -len("号楼")])
        ]
        if len(near) < count:
            raise LookupError(f"{estate}{building}: {count} households are needed, {len(near)} are there")
        chosen = Random(f"{estate}/{building}").sample(near, count)
        for number, (_, owner_id, unit_id) in enumerate(chosen):
            yield Neighbour(estate, building, number), owner_id, unit_id
        free = [h for h in free if h not in set(chosen)]


def _homes(ground: Ground, taken: set[int]) -> list[tuple[UnitName, int, int]]:
    """(name, first owner, unit) of every home somebody lives in, one for each set of owners."""
    persons = (
        sa.select(Owner.owner_set_id, sa.func.min(Owner.id))
        .join(OwnerSet, OwnerSet.id == Owner.owner_set_id)
        .where(Owner.kind == OwnerKind.PERSON, OwnerSet.developer.is_(False))
        .where(OwnerSet.place_path.startswith(ground.community.place_path))
        .group_by(Owner.owner_set_id)
    )
    first = dict(db.session.execute(persons).tuples().all())
    homes = {
        unit.owner_set_id: (name, first[unit.owner_set_id], unit.id)
        for name, unit in ground.register.units.items()
        if unit.owner_set_id in first and unit.delivery is Delivery.DELIVERED and name.unit[:1].isdigit()
        if unit.id not in taken
    }
    return list(homes.values())
