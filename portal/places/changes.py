"""A file against the register: what it would add, change, miss. Pure.

A cell left blank in the file says nothing: it never wipes out what the register knows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from .naming import UnitName, name_of
from .ownership import key_of
from .register import Registered
from .roster.findings import Action
from .roster.units import AreaSource, Roster, UnitRow, Use


class Part(StrEnum):
    """What of a unit a file can change."""

    USE = "use"
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


def compare(known: Mapping[UnitName, Registered], roster: Roster) -> Changes:
    """Missing are units of the estates the file is about; other estates are not its business. A unit whose row
    was refused is not missing: the file names it, only not well enough."""
    rows, clashes = _named(roster)
    stated = _Stated(roster)
    added: list[tuple[UnitName, UnitRow]] = []
    changed: list[Change] = []
    seen = set(rows) | _refused(roster)
    for name, row in rows.items():
        of = name if name in known else _other_use(name, row, known, rows)
        if of is None:
            added.append((name, row))
            continue
        seen.add(of)
        before = known[of]
        parts = tuple(differing(before, row, of != name, stated.of(row)))
        if parts or before.gone_on:
            changed.append(Change(name, before, row, parts, before.gone_on is not None))
    estates = {name.estate for name in rows}
    missing = ((n, k) for n, k in known.items() if n not in seen and n.estate in estates and not k.gone_on)
    unchanged = len(rows) - len(added) - len(changed)
    return Changes(tuple(added), tuple(changed), tuple(missing), unchanged, tuple(clashes))


def _named(roster: Roster) -> tuple[dict[UnitName, UnitRow], list[tuple[UnitName, UnitRow]]]:
    """The rows by the names of their places; and those whose name an earlier row has."""
    rows: dict[UnitName, UnitRow] = {}
    clashes: list[tuple[UnitName, UnitRow]] = []
    for row in roster.units:
        name = name_of(row.estate, row.building, row.entrance, row.room, row.use)
        if rows.setdefault(name, row) is not row:
            clashes.append((name, row))
    return rows, clashes


def _other_use(
    name: UnitName, row: UnitRow, known: Mapping[UnitName, Registered], rows: Mapping[UnitName, UnitRow]
) -> UnitName | None:
    """The registered unit of the same number and another use that no other row names: a home that became a shop."""
    names = (name_of(row.estate, row.building, row.entrance, row.room, use) for use in Use)
    found = {n for n in names if n in known and n not in rows}
    return found.pop() if len(found) == 1 else None


class _Stated:
    """Which fields a row itself states: its table has the column, and the cell was not blank."""

    BLANK: ClassVar = {
        "delivery_missing": "delivery",
        "delivery_unknown": "delivery",
        "use_missing": "use",
        "use_unknown": "use",
    }

    def __init__(self, roster: Roster) -> None:
        self.columns = {s.name: frozenset(c.field for c in s.columns if c.field) for s in roster.sheets}
        self.blank: dict[tuple[str, int], set[str]] = {}
        for found in roster.findings:
            if found.kind in self.BLANK:
                self.blank.setdefault((found.sheet, found.row), set()).add(self.BLANK[found.kind])

    def of(self, row: UnitRow) -> frozenset[str]:
        return self.columns.get(row.sheet, frozenset()) - self.blank.get((row.sheet, row.row), set())


def _refused(roster: Roster) -> set[UnitName]:
    """Units that refused rows are about, where the row could tell."""
    keys = (f.key for f in roster.findings if f.action is Action.REFUSE and f.key and len(f.key) == 5)
    return {name_of(key[0], key[1], key[2], key[3], Use(key[4])) for key in keys}


def differing(before: Registered, row: UnitRow, other_use: bool, stated: frozenset[str]) -> Iterable[Part]:
    """The parts in which a row says something else than the register. `stated`: fields it does not leave blank."""
    key = key_of(row)
    said = (
        (Part.USE, other_use and "use" in stated),
        (Part.AREA, row.area != before.area),
        (
            Part.SOURCE,
            row.area_source is not AreaSource.UNSTATED and row.area_source.printed != before.area_source,
        ),
        (Part.DELIVERY, "delivery" in stated and row.delivery is not before.delivery),
        (Part.OWNERS, bool(key) and key != before.owners_key),
        (Part.FLOOR, row.floor is not None and str(row.floor) != before.floor),
        (Part.GRID, bool(row.grid) and row.grid[:60] != before.grid),
        (Part.NOTE, bool(row.note) and row.note[:200] != before.note),
    )
    return (part for part, differs in said if differs)
