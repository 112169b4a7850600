"""Units, and whom the paper reached, as the case of an owners' vote states them."""

from collections.abc import Iterator, Mapping
from typing import Any

from . import roll
from .assembly_rules import AssemblyRules
from .case import Case
from .names import name, names, owner_of
from .unreadable import Unreadable
from .weight import area


def drawn_up(case: Case, rules: AssemblyRules) -> roll.Roll | roll.Blocked:
    """The roll of `electorate.units`; `params.building(s)` and `electorate.affected` narrow it to a part."""
    buildings = names(case.params.value("buildings") or case.params.value("building"), "params.buildings")
    return roll.drawn_up(
        units(case.electorate),
        count_parking=rules.count_parking,
        developer=name(case.electorate.get("developer"), "electorate.developer"),
        buildings=buildings or None,
        affected=names(case.electorate.get("affected"), "electorate.affected"),
    )


def units(electorate: Mapping[str, Any]) -> list[roll.Unit]:
    """`{unit, area, owner, members?, owners?, use?, state?, building?, designated?}`. Raises Unreadable.

    `owner` is who owns alone, or a name for the set of `members`; `owners` may be a list, or "H+W".
    """
    lines = electorate.get("units", [])
    if not isinstance(lines, list):
        raise Unreadable("electorate.units: a list is needed")
    read = [_unit(line, f"electorate.units {number}") for number, line in enumerate(lines, 1)]
    seen: set[str] = set()
    for unit in read:
        if unit.id in seen:
            raise Unreadable(f"electorate.units: {unit.id!r} is there twice")
        seen.add(unit.id)
    return _same_sets(read)


def _unit(line: object, where: str) -> roll.Unit:
    if not isinstance(line, Mapping):
        raise Unreadable(f"{where}: an object is needed")
    stated = line.get("area")
    owner = name(line.get("owner"), f"{where}: owner")
    members = names(line.get("members") or line.get("owners") or owner, f"{where}: owners")
    unit_id = name(line.get("unit"), f"{where}: unit")
    if not unit_id:
        raise Unreadable(f"{where}: unit has no name")
    return roll.Unit(
        id=unit_id,
        area=None if stated is None or stated == "" else area(stated, f"{where}: area"),
        owners=frozenset(members),
        name=owner,
        use=name(line.get("use"), f"{where}: use") or "home",
        state=name(line.get("state"), f"{where}: state") or "delivered",
        building=name(line.get("building"), f"{where}: building"),
        designated=name(line.get("designated"), f"{where}: designated"),
    )


def _same_sets(read: list[roll.Unit]) -> list[roll.Unit]:
    """A set whose members one line states is that set on every line; two lines must not state different ones."""
    members: dict[str, frozenset[str]] = {}
    for unit in read:
        if (
            unit.name
            and unit.owners != {unit.name}
            and members.setdefault(unit.name, unit.owners) != unit.owners
        ):
            raise Unreadable(f"electorate.units: {unit.name!r} stands for different owners")
    return [u._replace(owners=members.get(u.name, u.owners)) if u.name else u for u in read]


def served(electorate: Mapping[str, Any]) -> Iterator[str]:
    """Owners of `deliveries [{owner, proof, warned}]` reached with proof and told what silence means."""
    deliveries = electorate.get("deliveries", [])
    if not isinstance(deliveries, list) or not all(isinstance(d, Mapping) for d in deliveries):
        raise Unreadable("electorate.deliveries: a list of objects is needed")
    for number, delivery in enumerate(deliveries, 1):
        if delivery.get("proof") is True and delivery.get("warned") is True:
            yield owner_of(delivery, f"electorate.deliveries {number}")
