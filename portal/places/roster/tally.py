"""Sums of one estate: units and areas by use, heads both ways, the developer's, delivery. Exact decimals as strings."""

from collections import Counter
from collections.abc import Iterable
from typing import TypedDict

from portal.places.roster.areas import printed
from portal.places.roster.heads import DEVELOPER, heads_of
from portal.places.roster.units import Delivery, UnitRow, Use

ALWAYS = (Use.HOME, Use.SHOP, Use.PARKING)


class DeveloperHead(TypedDict):
    """What stands together as the developer."""

    units: dict[str, int]
    area: str
    area_without_parking: str


class Tally(TypedDict):
    """Keys within are the printed Chinese words."""

    units: dict[str, int]
    area: dict[str, str]
    heads: dict[str, int]
    developer_head: DeveloperHead
    status: dict[str, int]


def area_of(units: Iterable[UnitRow]) -> str:
    """The sum in m² with two decimals."""
    return printed(sum(unit.area for unit in units))


def tally(units: Iterable[UnitRow]) -> Tally:
    """The figures of one estate's units."""
    held = list(units)
    by_use = {use: [u for u in held if u.use == use] for use in Use}
    shown = {use: of for use, of in by_use.items() if of or use in ALWAYS}
    no_parking = [u for u in held if u.use != Use.PARKING]
    with_parking = heads_of(held, count_parking=True)
    developer = with_parking.get(DEVELOPER, [])
    return {
        "units": {use.printed: len(of) for use, of in shown.items()} | {"total": len(held)},
        "area": {use.printed: area_of(of) for use, of in shown.items()}
        | {"total": area_of(held), "total_without_parking": area_of(no_parking)},
        "heads": {
            "parking_not_counted": len(heads_of(held, count_parking=False)),
            "parking_counted": len(with_parking),
        },
        "developer_head": {
            "units": {
                d.printed: sum(u.delivery == d for u in developer)
                for d in (Delivery.UNSOLD, Delivery.UNDELIVERED, Delivery.DELIVERED)
            },
            "area": area_of(developer),
            "area_without_parking": area_of(u for u in developer if u.use != Use.PARKING),
        },
        "status": dict(Counter(u.delivery.printed for u in held)),
    }


def by_building(units: Iterable[UnitRow]) -> dict[str, dict[str, int | str]]:
    """Units and area of each building, in the order they first appear."""
    held: dict[str, list[UnitRow]] = {}
    for unit in units:
        held.setdefault(unit.building, []).append(unit)
    return {name: {"units": len(of), "area": area_of(of)} for name, of in held.items()}
