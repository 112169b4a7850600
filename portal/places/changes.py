"""A file against the register: what it would add, change, miss. Pure.

A cell left blank in the file says nothing: it never wipes out what the register knows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .naming import UnitName, name_of
from .ownership import key_of
from .register import Registered
from .roster.findings import Action
from .roster.units import AreaSource, Roster, UnitRow, Use


class Part(StrEnum):
    """What of a unit a file can change."""

    AREA = "area"
    SOURCE = "source"
    DELIVERY = "delivery"
    OWNERS = "owners"
    FLOOR = "floor"
    GRID = "grid"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Change:
    """A unit both know, and in what they differ. `returns`: it was said to be gone and stands in the file again."""

    name: UnitName
    known: Registered
    row: UnitRow
    parts: tuple[Part, ...]
    returns: bool


@dataclass(frozen=True)
class Changes:
    """`clashes`: rows whose door plate another row of the file already has; they are not taken."""

    added: tuple[tuple[UnitName, UnitRow], ...]
    changed: tuple[Change, ...]
    missing: tuple[tuple[UnitName, Registered], ...]
    unchanged: int
    clashes: tuple[tuple[UnitName, UnitRow], ...]


def compare(known: dict[UnitName, Registered], roster: Roster) -> Changes:
    """Missing are units of the estates the file is about; other estates are not its business. A unit whose row
    was refused is not missing: the file names it, only not well enough."""
    columns = {s.name: frozenset(c.field for c in s.columns if c.field) for s in roster.sheets}
    added: list[tuple[UnitName, UnitRow]] = []
    changed: list[Change] = []
    clashes: list[tuple[UnitName, UnitRow]] = []
    seen: set[UnitName] = set()
    for row in roster.units:
        name = name_of(row.estate, row.building, row.entrance, row.room, row.use)
        if name in seen:
            clashes.append((name, row))
            continue
        seen.add(name)
        before = known.get(name)
        if before is None:
            added.append((name, row))
            continue
        parts = tuple(differing(before, row, columns.get(row.sheet, frozenset())))
        if parts or before.gone_on:
            changed.append(Change(name, before, row, parts, before.gone_on is not None))
    estates = {name.estate for name in seen}
    seen_or_refused = seen | _refused(roster)
    missing = tuple(
        (n, k) for n, k in known.items() if n not in seen_or_refused and n.estate in estates and not k.gone_on
    )
    unchanged = len(seen) - len(added) - len(changed)
    return Changes(tuple(added), tuple(changed), missing, unchanged, tuple(clashes))


def _refused(roster: Roster) -> set[UnitName]:
    """Units that refused rows are about, where the row could tell."""
    keys = (f.key for f in roster.findings if f.action is Action.REFUSE and f.key and len(f.key) == 5)
    return {name_of(key[0], key[1], key[2], key[3], Use(key[4])) for key in keys}


def differing(before: Registered, row: UnitRow, columns: frozenset[str]) -> Iterable[Part]:
    """The parts in which a row says something else than the register."""
    key = key_of(row)
    said = (
        (Part.AREA, row.area != before.area),
        (
            Part.SOURCE,
            row.area_source is not AreaSource.UNSTATED and row.area_source.printed != before.area_source,
        ),
        (Part.DELIVERY, "delivery" in columns and row.delivery is not before.delivery),
        (Part.OWNERS, bool(key) and key != before.owners_key),
        (Part.FLOOR, row.floor is not None and str(row.floor) != before.floor),
        (Part.GRID, bool(row.grid) and row.grid[:60] != before.grid),
        (Part.NOTE, bool(row.note) and row.note[:200] != before.note),
    )
    return (part for part, differs in said if differs)
