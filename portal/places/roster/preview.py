"""A roster as one JSON value: what would be imported, and every row repaired, skipped or refused."""

from collections import Counter
from typing import Any

from portal.places.roster.areas import printed
from portal.places.roster.findings import Finding
from portal.places.roster.tally import by_building, tally
from portal.places.roster.units import Roster, SheetReading, UnitRow


def preview_json(roster: Roster, units: bool = True) -> dict[str, Any]:
    """`compounds` by estate, `in_all`, `problems` by row, and with `units` every unit as it was read."""
    shared = shared_sheets(roster)
    out: dict[str, Any] = {
        "file": roster.filename,
        "source": roster.source,
        "encoding": roster.encoding,
        "sheets": [sheet_json(sheet) for sheet in roster.sheets],
        "in_all": {
            "as_imported": dict(Counter(unit.use.printed for unit in roster.units)),
            "grids": dict(Counter(unit.grid for unit in roster.units if unit.grid)),
        },
        "compounds": {estate: compound_json(roster, estate, shared) for estate in roster.estates},
        "counts": dict(Counter(str(found.action) for found in roster.findings)),
        "problems": [finding_json(found) for found in roster.findings],
    }
    if len(roster.estates) == 1:
        out["compound"] = roster.estates[0]
        out |= {
            key: value
            for key, value in out["compounds"][roster.estates[0]].items()
            if key not in ("problem_rows", "sheets")
        }
    if units:
        out["units"] = [unit_json(unit) for unit in roster.units]
    return out


def shared_sheets(roster: Roster) -> set[str]:
    """Names of the sheets that hold more than one estate."""
    estates: dict[str, set[str]] = {}
    for unit in roster.units:
        estates.setdefault(unit.sheet, set()).add(unit.estate)
    return {sheet for sheet, of in estates.items() if len(of) > 1}


def sheet_json(sheet: SheetReading) -> dict[str, Any]:
    """Where the table lies and what each column is read as (null: not read)."""
    return {
        "sheet": sheet.name,
        "header_row": sheet.header_row,
        "first_row": sheet.first_row,
        "last_row": sheet.last_row,
        "columns": [{"column": c.letter, "header": c.header, "field": c.field} for c in sheet.columns],
    }


def compound_json(roster: Roster, estate: str, shared: set[str]) -> dict[str, Any]:
    """One estate. Findings of a sheet belong to the estate when the sheet holds no other."""
    held = [unit for unit in roster.units if unit.estate == estate]
    names = list(dict.fromkeys(unit.sheet for unit in held))
    sheets = [sheet for sheet in roster.sheets if sheet.name in set(names)]
    alone = set(names) - shared
    found = [f for f in roster.findings if f.sheet in alone]
    out: dict[str, Any] = {
        "sheet": names[0],
        "sheets": names,
        "header_row": sheets[0].header_row,
        "first_row": sheets[0].first_row,
        "last_row": sheets[-1].last_row,
    }
    if alone == set(names):
        out["problem_rows"] = dict(sorted(Counter(f.kind for f in found).items()))
    return out | {"as_imported": tally(held), "by_building_as_imported": by_building(held)}


def finding_json(found: Finding) -> dict[str, Any]:
    """One problem; keys that say nothing are left out."""
    out: dict[str, Any] = {"sheet": found.sheet, "row": found.row, "column": found.column}
    optional = {"cell": found.cell, "field": found.field}
    out |= {key: value for key, value in optional.items() if value}
    out |= {"kind": found.kind, "action": str(found.action), "raw": found.raw}
    if found.action == "repair":
        out["reads_as"] = found.reads_as
    if found.confirm:
        out["confirm"] = True
    if found.same_unit_as_row:
        out["same_unit_as_row"] = found.same_unit_as_row
    if found.same_unit_as_sheet and found.same_unit_as_sheet != found.sheet:
        out["same_unit_as_sheet"] = found.same_unit_as_sheet
    if found.also:
        out["also"] = found.also[0] if len(found.also) == 1 else list(found.also)
    return out | {"message": found.text}


def unit_json(unit: UnitRow) -> dict[str, Any]:
    """One unit as it was read."""
    return {
        "sheet": unit.sheet,
        "row": unit.row,
        "estate": unit.estate,
        "building": unit.building,
        "entrance": unit.entrance,
        "floor": unit.floor,
        "room": unit.room,
        "use": unit.use.printed,
        "area": printed(unit.area),
        "area_source": unit.area_source.printed,
        "owners": sorted(owner.name for owner in unit.owners),
        "phone": "、".join(unit.phones) or None,
        "status": unit.delivery.printed,
        "grid": unit.grid,
        "note": unit.note,
    }
