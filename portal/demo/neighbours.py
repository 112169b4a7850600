"""Households for the crowds of the stories, drawn from the owners' register: the same ones whenever it is built."""

from random import Random

import sqlalchemy as sa

from ..core.access import under
from ..core.db import db
from ..places.models import Delivery, Owner, OwnerKind, OwnerSet
from ..places.naming import UnitName, building_name
from .ground import Ground
from .plan import Neighbour

Household = tuple[UnitName, int, int]
"""(its address, an owner on its title, its unit)"""


def households(
    ground: Ground, crowds: dict[tuple[str, str], int], taken: set[int]
) -> list[tuple[Neighbour, int, int]]:
    """(neighbour, his entry of the register, his unit): as many of each (estate, building) as the stories need.

    Raises LookupError if a place has too few homes.
    """
    free = _homes(ground, taken)
    drawn: list[tuple[Neighbour, int, int]] = []
    # Buildings first: what an estate takes it can take elsewhere.
    for (estate, building), count in sorted(crowds.items(), key=lambda c: (not c[0][1], c[0])):
        near = [home for home in free if _lies_in(home[0], estate, building)]
        if len(near) < count:
            raise LookupError(f"{estate}{building}: {count} households are needed, {len(near)} are there")
        chosen = Random(f"{estate}/{building}").sample(near, count)
        drawn += [(Neighbour(estate, building, n), owner, unit) for n, (_, owner, unit) in enumerate(chosen)]
        free = [home for home in free if home not in set(chosen)]
    return drawn


def _lies_in(name: UnitName, estate: str, building: str) -> bool:
    return estate in ("", name.estate) and (not building or name.building == building_name(building))


def _homes(ground: Ground, taken: set[int]) -> list[Household]:
    """Every home that somebody owns and lives in, one for each set of owners."""
    first = dict(db.session.execute(_first_owners(ground)).all())
    homes: dict[int, Household] = {}
    for name, unit in ground.register.units.items():
        owner = first.get(unit.owner_set_id or 0)
        lived_in = unit.delivery is Delivery.DELIVERED and name.unit.isdigit() and unit.id not in taken
        if owner and lived_in and unit.owner_set_id:
            homes.setdefault(unit.owner_set_id, (name, owner, unit.id))
    return list(homes.values())


def _first_owners(ground: Ground) -> sa.Select[int, int]:
    """(set of owners, the first person in it), without developers and organisations."""
    return (
        sa.select(Owner.owner_set_id, sa.func.min(Owner.id))
        .join(OwnerSet, OwnerSet.id == Owner.owner_set_id)
        .where(Owner.kind == OwnerKind.PERSON, OwnerSet.developer.is_(False))
        .where(under(OwnerSet.place_path, ground.community.place_path))
        .group_by(Owner.owner_set_id)
    )
