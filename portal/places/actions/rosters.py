"""Roster files: previewed, then taken over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ...core.actions import action, store
from ...core.actor import Actor
from ...core.db import db, in_parts, lock
from ...core.errors import Conflict, NotVisible
from ...core.eventlog import Event, record
from ...core.text import _
from .. import register, takeover
from ..changes import Change, Changes, Part, compare
from ..events import OwnersChanged, RosterRead, RosterTaken, UnitCorrected, UnitRestored
from ..models import Place, PlaceKind, RosterImport, TitleChange, Unit
from ..policy import Can
from ..report import report_of, summary_of
from ..reserve import write
from ..roster.units import Roster


@action(Can.READ_ROSTER)
def preview_roster(
    actor: Actor, community: Place, *, file_name: str, digest: str, roster: Roster, estate: str = ""
) -> RosterImport:
    """Keep what a file would do to the register. Nothing of it is in the register yet.

    `digest` is that of the kept file; `estate` names the estate of sheets that do not.
    """
    if community.kind is not PlaceKind.COMMUNITY:
        raise NotVisible()
    changes = compare(register.read(community.place_path).units, roster)
    names = register.owner_names(c.known.owner_set_id for c in changes.changed if c.known.owner_set_id)
    row = RosterImport(
        place_path=community.place_path,
        file_name=file_name[-120:],
        digest=digest,
        estate=estate[:60],
        read_at=actor.now,
        read_by_id=actor.id,
        base=register.version(community.place_path),
        summary=summary_of(roster, changes),
        report=report_of(roster, changes, names),
    )
    store(row)
    said = row.summary
    record(actor, row, RosterRead(said["units"], said["repair"], said["skip"], said["refuse"]))
    return row


@action(Can.TAKE_ROSTER)
def take_roster(actor: Actor, imported: RosterImport, *, roster: Roster) -> RosterImport:
    """Write a previewed file into the register. Units that are missing from it stay as they are.

    Raises Conflict if it was taken already, or if the register has changed since the preview was made.
    """
    community = lock(
        db.session.scalars(sa.select(Place).where(Place.place_path == imported.place_path)).one()
    )
    if imported.taken_at is not None:
        raise Conflict(_("这份文件已经收进房屋名册了，没有再收一遍。"))
    if imported.base != register.version(imported.place_path):
        raise Conflict(_("您看过以后，房屋名册又改过。请重新读一遍文件，看清这次会改什么，再收进房屋名册。"))
    known = register.read(community.place_path)
    changes = compare(known.units, roster)
    ground = takeover.prepare(community, known, roster, changes)
    takeover.add_units(ground, changes.added)
    takeover.change_units(ground, changes.changed)
    _tell(actor, imported, changes.changed)
    imported.taken_at, imported.taken_by_id = actor.now, actor.id
    record(actor, imported, _taken(changes, len(_estates(ground.branches) - _estates(known.branches))))
    return imported


def _estates(branches: dict[tuple[str, ...], register.Branch]) -> set[str]:
    return {branch[0] for branch in branches}


def _taken(changes: Changes, estates: int) -> RosterTaken:
    return RosterTaken(len(changes.added), len(changes.changed), len(changes.missing), estates)


@dataclass(frozen=True)
class _Told:
    """A unit as the log names it, without loading it."""

    id: int
    place_path: str
    __tablename__ = "unit"


def _tell(actor: Actor, imported: RosterImport, changed: tuple[Change, ...]) -> None:
    """State what became of each changed unit, and keep the history of its title."""
    now = _units_now([c.known.id for c in changed])
    titles: list[dict[str, Any]] = []
    for change in changed:
        path, after = now[change.known.id]
        for happened in _happened(change, after, imported.id):
            record(actor, _Told(change.known.id, path), happened)
        if Part.OWNERS in change.parts:
            titles.append(
                {
                    "unit_id": change.known.id,
                    "place_path": path,
                    "before_id": change.known.owner_set_id,
                    "after_id": after,
                    "reason": "",
                    "roster_import_id": imported.id,
                    "changed_at": actor.now,
                    "changed_by_id": actor.id,
                }
            )
    write(titles, TitleChange)


def _happened(change: Change, owners_after: int | None, import_id: int) -> Iterator[Event]:
    parts = set(change.parts)
    if change.returns:
        yield UnitRestored()
    if Part.OWNERS in parts:
        yield OwnersChanged(change.known.owner_set_id, owners_after, import_id)
    if parts - {Part.OWNERS}:
        yield UnitCorrected(
            area_before=change.known.area if Part.AREA in parts else None,
            area_after=change.row.area if Part.AREA in parts else None,
            source_changed=Part.SOURCE in parts,
            delivery_changed=Part.DELIVERY in parts,
            other_changed=bool(parts & {Part.USE, Part.FLOOR, Part.GRID, Part.NOTE}),
            roster_import_id=import_id,
        )


def _units_now(ids: list[int]) -> dict[int, tuple[str, int | None]]:
    """(path, owner set) of units as they stand after the writing."""
    found: dict[int, tuple[str, int | None]] = {}
    for some in in_parts(ids):
        chosen = sa.select(Unit.id, Unit.place_path, Unit.owner_set_id).where(Unit.id.in_(some))
        found |= {id_: (path, owners) for id_, path, owners in db.session.execute(chosen)}
    return found
