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
    of_params = {key: case.params.value(key) for key in ("buildings", "building")}
    buildings = names(of_params, "buildings", "params") or names(of_params, "building", "params")
    return roll.drawn_up(
        units(case.electorate),
        count_parking=rules.count_parking,
        developer=name(case.electorate, "developer", "electorate"),
        buildings=buildings or None,
        affected=names(case.electorate, "affected", "electorate"),
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
    stated, unit_id = line.get("area"), name(line, "unit", where)
    if not unit_id:
        raise Unreadable(f"{where}: unit has no name")
    return roll.Unit(
        id=unit_id,
        area=None if stated is None or stated == "" else area(stated, f"{where}: area"),
        owners=_owners(line, where),
        name=name(line, "owner", where),
        use=name(line, "use", where) or "home",
        state=_state(line, where),
        building=name(line, "building", where),
        designated=name(line, "designated", where),
    )


def _owners(line: Mapping[str, Any], where: str) -> frozenset[str]:
    for key in ("members", "owners", "owner"):
        found = names(line, key, where)
        if found:
            return frozenset(found)
    return frozenset()


def _state(line: Mapping[str, Any], where: str) -> str:
    """A word that is not known would make a head of its own of what is the developer's."""
    state = name(line, "state", where)
    if state not in ("", roll.DELIVERED, *roll.WITH_THE_DEVELOPER):
        raise Unreadable(f"{where}: state: {state!r} is none of delivered, undelivered, unsold")
    return state or roll.DELIVERED


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
    for number, unit in enumerate(read):
        if unit.name in members and unit.owners != members[unit.name]:
            read[number] = unit._replace(owners=members[unit.name])
    return read


def served(electorate: Mapping[str, Any]) -> Iterator[str]:
    """Owners of `deliveries [{owner, proof, warned}]` reached with proof and told what silence means."""
    deliveries = electorate.get("deliveries", [])
    if not isinstance(deliveries, list) or not all(isinstance(d, Mapping) for d in deliveries):
        raise Unreadable("electorate.deliveries: a list of objects is needed")
    for number, delivery in enumerate(deliveries, 1):
        if delivery.get("proof") is True and delivery.get("warned") is True:
            yield owner_of(delivery, f"electorate.deliveries {number}")
