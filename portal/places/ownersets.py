"""Owner sets of a community while a file is taken over: found again by digest, renumbered, or made."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from ..core.access import under
from ..core.db import db, in_parts
from .changes import Change, Part
from .models import Owner, OwnerSet
from .ownership import all_among, key_of
from .register import Register
from .reserve import reserve, write
from .roster.duplicates import names_of
from .roster.heads import developers
from .roster.owners import same_name
from .roster.units import Roster, UnitRow

At = tuple[str, str]
"""(path of the estate, digest of the owners)."""


class OwnerSets:
    """`ids`: the owner set of each estate and digest."""

    def __init__(self, community: str) -> None:
        self.community = community
        chosen = sa.select(OwnerSet.place_path, OwnerSet.key, OwnerSet.id)
        found = db.session.execute(chosen.where(under(OwnerSet.place_path, community)))
        self.ids: dict[At, int] = {(estate, key): id_ for estate, key, id_ in found}

    def renumber(self, paths: Mapping[str, str], known: Register, changed: Sequence[Change]) -> None:
        """Owners whose printed number alone is new stay the same entries, so that who was recognised as one of
        them stays recognised. Only where the file says so for all their units."""
        held = Counter(u.owner_set_id for u in known.units.values() if u.owner_set_id)
        by_set: dict[int, list[UnitRow]] = {}
        for change in changed:
            if Part.OWNERS in change.parts and change.known.owner_set_id:
                by_set.setdefault(change.known.owner_set_id, []).append(change.row)
        alike = {
            id_: rows[0]
            for id_, rows in by_set.items()
            if len(rows) == held[id_] and len({key_of(r) for r in rows}) == 1
        }
        for id_, owners in _owners_of(alike).items():
            row = alike[id_]
            at = (paths[row.estate], key_of(row))
            if {same_name(name) for _, name in owners} == names_of(row) and at not in self.ids:
                self._renumber(id_, at, row, owners)

    def _renumber(self, id_: int, at: At, row: UnitRow, owners: list[tuple[int, str]]) -> None:
        phones = {same_name(o.name): (o.phone or "")[:20] for o in row.owners}
        said = {"key": at[1], "phones": _printed(row)}
        db.session.execute(sa.update(OwnerSet).where(OwnerSet.id == id_).values(**said))
        for owner_id, name in owners:
            db.session.execute(
                sa.update(Owner).where(Owner.id == owner_id).values(phone=phones[same_name(name)])
            )
        self.ids = {a: i for a, i in self.ids.items() if i != id_} | {at: id_}

    def complete(self, paths: Mapping[str, str], rows: Sequence[UnitRow], roster: Roster) -> None:
        """Make the sets that the rows need; flag the developers'."""
        named = _developers(roster)
        new: dict[At, UnitRow] = {}
        for row in rows:
            at = (paths[row.estate], key_of(row))
            if row.owners and at not in self.ids:
                new.setdefault(at, row)
        self.ids |= dict(zip(new, reserve(OwnerSet, len(new)), strict=True))
        write((_row(self.ids[at], at, row, named[row.estate]) for at, row in new.items()), OwnerSet)
        write(self._owners(new), Owner)
        self._flag(roster, named)

    def _owners(self, new: Mapping[At, UnitRow]) -> Iterator[dict[str, Any]]:
        ids = reserve(Owner, sum(len(row.owners) for row in new.values()))
        for at, row in new.items():
            for owner in row.owners:
                yield {
                    "id": next(ids),
                    "owner_set_id": self.ids[at],
                    "place_path": at[0],
                    "kind": owner.kind,
                    "name": owner.name[:80],
                    "phone": (owner.phone or "")[:20],
                }

    def _flag(self, roster: Roster, named: Mapping[str, frozenset[str]]) -> None:
        """Sets that were there before the developer's name was printed on an unsold row."""
        by_key = {key_of(u) for u in roster.units if all_among(u.owners, named[u.estate])}
        wanted = sorted({id_ for (_, key), id_ in self.ids.items() if key in by_key})
        for some in in_parts(wanted):
            unflagged = sa.update(OwnerSet).where(OwnerSet.id.in_(some), OwnerSet.developer.is_(False))
            db.session.execute(unflagged.values(developer=True))


def _developers(roster: Roster) -> dict[str, frozenset[str]]:
    """By estate, the names printed on unsold rows."""
    by_estate: dict[str, list[UnitRow]] = {}
    for row in roster.units:
        by_estate.setdefault(row.estate, []).append(row)
    return {estate: developers(of) for estate, of in by_estate.items()}


def _owners_of(sets: Mapping[int, object]) -> dict[int, list[tuple[int, str]]]:
    """(id, name) of the owners in each set."""
    found: dict[int, list[tuple[int, str]]] = {}
    for some in in_parts(sorted(sets)):
        chosen = sa.select(Owner.owner_set_id, Owner.id, Owner.name).where(Owner.owner_set_id.in_(some))
        for owner_set, id_, name in db.session.execute(chosen):
            found.setdefault(owner_set, []).append((id_, name))
    return found


def _row(id_: int, at: At, row: UnitRow, developer: frozenset[str]) -> dict[str, Any]:
    flag = all_among(row.owners, developer)
    return {"id": id_, "place_path": at[0], "key": at[1], "developer": flag, "phones": _printed(row)}


def _printed(row: UnitRow) -> str:
    return "、".join(row.phones)[:80]
