"""Homes in three buildings and the neighbours who own them: alone, two together, several under one head."""

from collections.abc import Iterator, Sequence

from portal.accounts.models import Membership, Relation
from portal.core.db import db, transaction
from portal.places.models import Delivery, Owner, OwnerKind, OwnerSet, Place, PlaceKind, Unit, Use
from portal.places.reserve import reserve
from tests.world import SINCE, World

ALONE, COUPLES, OF_SEVERAL = 72, 16, 10
"""Heads: who owns one home alone, two who own one together, who owns a home and another one elsewhere."""
PEOPLE = ALONE + 2 * COUPLES + OF_SEVERAL
BUILDINGS = 3


def settle(world: World, people: Sequence[int]) -> None:
    """Let accounts own homes in buildings of the estate: each alone, two together, one and another one elsewhere."""
    owners = iter(people)
    titles = [[next(owners)] for _ in range(ALONE)]
    titles += [[next(owners), next(owners)] for _ in range(COUPLES)]
    titles += [[next(owners)] for _ in range(OF_SEVERAL)]
    with transaction():
        buildings = list(_buildings(world))
        homes = _homes(world, buildings, len(titles) + OF_SEVERAL)
        for number, title in enumerate(titles):
            units = [next(homes)]
            if number >= ALONE + COUPLES:
                units.append(next(homes))
            _own(world, number, title, units)


def _buildings(world: World) -> Iterator[Place]:
    for number, id_ in enumerate(reserve(Place, BUILDINGS), 1):
        name = f"{number}号楼"
        yield _place(id_, world.ids["estate"], world.paths["estate"], PlaceKind.BUILDING, name, name)


def _homes(world: World, buildings: Sequence[Place], many: int) -> Iterator[Unit]:
    """One after the other in each building in turn, so that who owns two has them in two buildings."""
    for number, id_ in enumerate(reserve(Place, many)):
        building = buildings[number % BUILDINGS]
        name = str(100 * (1 + number // 12) + number % 12)
        home = _place(id_, building.id, building.place_path, PlaceKind.UNIT, name, f"{building.name}{name}室")
        unit = Unit(
            id=id_,
            place_path=home.place_path,
            estate_id=world.ids["estate"],
            use=Use.HOME,
            floor="1",
            exclusive_area=8000 + 37 * number,
            area_source="产权证",
            delivery=Delivery.DELIVERED,
            note="",
        )
        db.session.add(unit)
        yield unit


def _place(id_: int, above: int, path: str, kind: PlaceKind, name: str, label: str) -> Place:
    place = Place(
        id=id_,
        parent_id=above,
        kind=kind,
        place_path=f"{path}{id_}/",
        name=name,
        label=label,
        sort_key=f"{label:>12}",
    )
    db.session.add(place)
    db.session.flush()
    return place


def _own(world: World, number: int, accounts: Sequence[int], units: Sequence[Unit]) -> None:
    owner_set = OwnerSet(place_path=world.paths["estate"], key=f"storm-{number}", developer=False)
    db.session.add(owner_set)
    db.session.flush()
    for unit in units:
        unit.owner_set_id = owner_set.id
    for account in accounts:
        owner = Owner(
            owner_set_id=owner_set.id,
            place_path=units[0].place_path,
            kind=OwnerKind.PERSON,
            name=f"业主{account}",
            phone="",
        )
        db.session.add(owner)
        db.session.flush()
        db.session.add(
            Membership(
                user_id=account,
                unit_id=units[0].id,
                place_path=units[0].place_path,
                relation=Relation.OWNER,
                owner_id=owner.id,
                starts=SINCE,
            )
        )
