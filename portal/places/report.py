"""What a read file says, as it is kept with the import and shown: figures by estate, findings, differences. Pure."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from .changes import Change, Changes, Part
from .naming import UnitName, plate
from .register import Registered
from .roster.areas import printed
from .roster.findings import Action, Finding
from .roster.preview import sheet_json
from .roster.sentences import N_
from .roster.tally import tally
from .roster.units import Roster, UnitRow

MOST = 1_000
"""Differences listed; more are counted."""

CLASH = N_("第 %(row)s 行（%(place)s）与前面一行是同一个门牌，没有收。请核对房号和用途。")


def summary_of(roster: Roster, changes: Changes) -> dict[str, int]:
    """Counts for the history of imports."""
    kinds = Counter(f.action for f in roster.findings)
    return {
        "units": len(roster.units) - len(changes.clashes),
        "estates": len(roster.estates),
        "repair": kinds[Action.REPAIR],
        "skip": kinds[Action.SKIP],
        "refuse": kinds[Action.REFUSE] + len(changes.clashes),
        "confirm": sum(f.confirm for f in roster.findings),
        "added": len(changes.added),
        "changed": len(changes.changed),
        "missing": len(changes.missing),
        "unchanged": changes.unchanged,
    }


def report_of(roster: Roster, changes: Changes, names: Mapping[int, str]) -> dict[str, Any]:
    """The whole preview. `names`: owner set → owners' names as they stand in the register."""
    return {
        "encoding": roster.encoding,
        "sheets": [sheet_json(s) for s in roster.sheets],
        "estates": {estate: tally(units) for estate, units in _by_estate(roster).items()},
        "findings": [_finding(f) for f in roster.findings]
        + [_clash(n, row.sheet, row.row) for n, row in changes.clashes],
        "added": [_told(name, row.row) for name, row in changes.added[:MOST]]
        if changes.changed or changes.unchanged
        else [],
        "changed": [_changed(c, names) for c in changes.changed[:MOST]],
        "missing": [_missing(name, known) for name, known in changes.missing[:MOST]],
    }


def _by_estate(roster: Roster) -> dict[str, list[UnitRow]]:
    held: dict[str, list[UnitRow]] = {}
    for unit in roster.units:
        held.setdefault(unit.estate, []).append(unit)
    return held


def _finding(found: Finding) -> dict[str, Any]:
    """Template and values, so that the sentence can be said in the reader's language."""
    return {
        "sheet": found.sheet,
        "row": found.row,
        "column": found.column or "",
        "action": str(found.action),
        "kind": found.kind,
        "raw": "" if found.raw is None else str(found.raw)[:200],
        "reads_as": found.reads_as or "",
        "confirm": found.confirm,
        "template": found.template,
        "values": dict(found.values),
    }


def _clash(name: UnitName, sheet: str, row: int) -> dict[str, Any]:
    place = f"{name.estate} {plate(name)}"
    empty = {"column": "", "raw": "", "reads_as": "", "confirm": False}
    told = {"template": CLASH, "values": {"row": row, "place": place}}
    return {"sheet": sheet, "row": row, "action": "refuse", "kind": "same_plate", **empty, **told}


def _told(name: UnitName, row: int) -> dict[str, Any]:
    return {"estate": name.estate, "plate": plate(name), "row": row}


def _missing(name: UnitName, known: Registered) -> dict[str, Any]:
    return {"estate": name.estate, "plate": known.label, "id": known.id, "area": known.area}


def _changed(change: Change, names: Mapping[int, str]) -> dict[str, Any]:
    parts = [[str(part), *_before_after(change, part, names)] for part in change.parts]
    if change.returns:
        parts.append(["gone", "", ""])
    return {**_told(change.name, change.row.row), "id": change.known.id, "parts": parts}


def _before_after(change: Change, part: Part, names: Mapping[int, str]) -> tuple[str, str]:
    known, row = change.known, change.row
    owners = "、".join(o.name for o in row.owners)
    phones = "、".join(row.phones)
    said: dict[Part, tuple[str, str]] = {
        Part.USE: (known.use.printed, row.use.printed),
        Part.AREA: ("" if known.area is None else printed(known.area), printed(row.area)),
        Part.SOURCE: (known.area_source, row.area_source.printed),
        Part.DELIVERY: (known.delivery.printed, row.delivery.printed),
        Part.OWNERS: (names.get(known.owner_set_id or 0, ""), f"{owners}（{phones}）" if phones else owners),
        Part.FLOOR: (known.floor, str(row.floor)),
        Part.GRID: (known.grid, row.grid),
        Part.NOTE: (known.note, row.note),
    }
    return said[part]
