"""Who counts as one head when owners vote (SPC 2020 art. 9; domain §2.1).

Each exclusive part gives one head, but: parts of exactly the same set of owners give one together; what is unsold, not
yet handed over, or kept by the developer gives one together. Called with the units of one estate.
"""

from collections.abc import Hashable, Iterable

from portal.places.roster.duplicates import names_of
from portal.places.roster.owners import same_name
from portal.places.roster.units import Delivery, OwnerKind, UnitRow, Use

DEVELOPER = "developer"


def developers(units: Iterable[UnitRow]) -> frozenset[str]:
    """The owners printed on unsold rows, in the form names are compared in."""
    return frozenset(
        same_name(owner.name) for unit in units if unit.delivery == Delivery.UNSOLD for owner in unit.owners
    )


def head_of(unit: UnitRow, developer: frozenset[str]) -> Hashable:
    """What two units must have in common to share a head.

    Persons: the same names and the same phones; people of one name with different numbers are different people.
    Organisations: the same name, whatever the phone. A unit without an owner stands alone."""
    if unit.delivery != Delivery.DELIVERED:
        return DEVELOPER
    if not unit.owners:
        return unit.key
    names = names_of(unit)
    if names <= developer:
        return DEVELOPER
    if any(owner.kind == OwnerKind.PERSON for owner in unit.owners):
        return names, frozenset(unit.phones)
    return names


def heads_of(units: Iterable[UnitRow], *, count_parking: bool) -> dict[Hashable, list[UnitRow]]:
    """Every head with its units. Whether parking spaces count is for the owners' rules of procedure."""
    held = list(units)
    developer = developers(held)
    out: dict[Hashable, list[UnitRow]] = {}
    for unit in held:
        if count_parking or unit.use != Use.PARKING:
            out.setdefault(head_of(unit, developer), []).append(unit)
    return out
