"""One row for each unit: the first stands; a repetition is skipped, a contradiction refused."""

from portal.places.roster.areas import printed
from portal.places.roster.owners import same_name
from portal.places.roster.units import UnitKey, UnitRow


def names_of(unit: UnitRow) -> frozenset[str]:
    """The set of owners, whatever their order and print."""
    return frozenset(same_name(owner.name) for owner in unit.owners)


class Seen:
    """Units already taken, by identity."""

    def __init__(self) -> None:
        self.units: dict[UnitKey, UnitRow] = {}

    def add(self, unit: UnitRow) -> None:
        """Remembers a taken unit, or its newer reading."""
        self.units[unit.key] = unit

    def drop(self, unit: UnitRow) -> None:
        """Forgets a unit that was taken back."""
        self.units.pop(unit.key, None)

    def clash(self, unit: UnitRow) -> tuple[UnitRow, str, str] | None:
        """(the unit that stands, kind of finding, what differs) when this one is there already."""
        first = self.units.get(unit.key)
        if first is None:
            return None
        if names_of(first) != names_of(unit):
            return first, "duplicate_unit_other_owner", f"{who(unit)} ≠ {who(first)}"
        if first.area != unit.area:
            return first, "duplicate_unit_other_area", f"{printed(unit.area)} ≠ {printed(first.area)}"
        other_phone = first.phones and unit.phones and set(first.phones) != set(unit.phones)
        return first, "duplicate_row_other_phone" if other_phone else "duplicate_row", ""


def who(unit: UnitRow) -> str:
    """Owners in words."""
    return "、".join(owner.name for owner in unit.owners) or "—"
