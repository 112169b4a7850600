"""What importing a roster again would change: added, changed and missing units. Nothing is decided or written here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from portal.places.roster.findings import Action
from portal.places.roster.owners import same_name
from portal.places.roster.units import AreaSource, Delivery, Roster, UnitKey, UnitRow, Use

FIELDS = ("use", "floor", "area", "area_source", "delivery", "owners", "phones", "grid", "note")


class OwnerLike(Protocol):
    """A name on the register."""

    @property
    def name(self) -> str: ...


class UnitLike(Protocol):
    """A unit as it stands now: a row read before, or one built from the database with the same words."""

    @property
    def estate(self) -> str: ...
    @property
    def building(self) -> str: ...
    @property
    def entrance(self) -> str: ...
    @property
    def room(self) -> str: ...
    @property
    def use(self) -> Use: ...
    @property
    def floor(self) -> int | None: ...
    @property
    def area(self) -> int: ...
    @property
    def area_source(self) -> AreaSource: ...
    @property
    def delivery(self) -> Delivery: ...
    @property
    def owners(self) -> Sequence[OwnerLike]: ...
    @property
    def phones(self) -> Sequence[str]: ...
    @property
    def grid(self) -> str: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one unit; `field` is one of FIELDS. Owners are tuples of names, areas 0.01 m²."""

    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that is in both, with other words."""

    before: UnitLike
    after: UnitRow
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class RosterDiff:
    """`missing`: units of the file's estates that it does not hold. `held`: those whose row was refused, so that the
    file does not say they are gone."""

    added: tuple[UnitRow, ...]
    changed: tuple[UnitChange, ...]
    missing: tuple[UnitLike, ...]
    held: tuple[UnitLike, ...]
    unchanged: tuple[UnitRow, ...]


def key_of(unit: UnitLike) -> UnitKey:
    """Identity: estate, building, entrance, room, use."""
    return (unit.estate, unit.building, unit.entrance, unit.room, unit.use)


def diff(existing: Iterable[UnitLike], roster: Roster) -> RosterDiff:
    """Compares by identity. A unit put to another use is one changed unit, not one gone and one new."""
    before = {
        key_of(unit): unit
        for unit in existing
        if unit.estate in set(roster.estates) | refused_estates(roster)
    }
    after = {unit.key: unit for unit in roster.units}
    pairs = [(before[key], unit) for key, unit in after.items() if key in before]
    fresh, gone = (
        {k: u for k, u in after.items() if k not in before},
        {k: u for k, u in before.items() if k not in after},
    )
    pairs += rededicated(fresh, gone)
    changes = [UnitChange(old, new, changes_of(old, new)) for old, new in pairs]
    refused = {
        tuple(found.key[:4]) for found in roster.findings if found.action == Action.REFUSE and found.key
    }
    return RosterDiff(
        added=tuple(fresh.values()),
        changed=tuple(change for change in changes if change.fields),
        missing=tuple(unit for key, unit in gone.items() if key[:4] not in refused),
        held=tuple(unit for key, unit in gone.items() if key[:4] in refused),
        unchanged=tuple(change.after for change in changes if not change.fields),
    )


def refused_estates(roster: Roster) -> set[str]:
    """Estates named by refused rows only."""
    return {found.key[0] for found in roster.findings if found.key and found.action == Action.REFUSE}


def rededicated(
    fresh: dict[UnitKey, UnitRow], gone: dict[UnitKey, UnitLike]
) -> list[tuple[UnitLike, UnitRow]]:
    """Takes out of both the units whose place is the same and only there once: their use changed."""
    places = only_once(gone)
    pairs = []
    for place, key in only_once(fresh).items():
        if place in places:
            pairs.append((gone.pop(places[place]), fresh.pop(key)))
    return pairs


def only_once(units: Mapping[UnitKey, object]) -> dict[tuple[str, str, str, str], UnitKey]:
    """Place → key, for places with a single unit."""
    held: dict[tuple[str, str, str, str], list[UnitKey]] = {}
    for key in units:
        held.setdefault(key[:4], []).append(key)
    return {place: keys[0] for place, keys in held.items() if len(keys) == 1}


def changes_of(before: UnitLike, after: UnitRow) -> tuple[FieldChange, ...]:
    """The fields that differ; the order of owners and phones does not count."""
    return tuple(
        FieldChange(field, value_of(before, field), value_of(after, field))
        for field in FIELDS
        if compared(before, field) != compared(after, field)
    )


def value_of(unit: UnitLike, field: str) -> object:
    """A field for showing."""
    return tuple(owner.name for owner in unit.owners) if field == "owners" else getattr(unit, field)


def compared(unit: UnitLike, field: str) -> object:
    """A field for comparing."""
    if field == "owners":
        return frozenset(same_name(owner.name) for owner in unit.owners)
    return frozenset(unit.phones) if field == "phones" else getattr(unit, field)
