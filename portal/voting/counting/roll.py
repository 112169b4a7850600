"""From units to voters: who stands on the roll of an owners' vote, with what area, and who is one head.

One separately owned part is one head; parts of the same set of owners are one together, and so are all that the
developer has not sold or not handed over (SPC 2020 art. 9). Another set of owners is another head, even where a
person is in both. A unit whose owner nobody knows is a head that cannot answer: it stays in what is divided by.
A unit without an area blocks the roll. It is never nought and never guessed.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import NamedTuple

from .unreadable import Unreadable
from .weight import Weight, total

PARKING = "parking"
DEVELOPER = "developer"
DELIVERED = "delivered"
WITH_THE_DEVELOPER = frozenset({"unsold", "undelivered"})


class Unit(NamedTuple):
    """`area` in 0.01 m² or unknown. `owners` all on the title; `name`: what the file calls that set, if anything."""

    id: str
    area: int | None
    owners: frozenset[str]
    name: str = ""
    use: str = "home"
    state: str = DELIVERED
    building: str = ""
    designated: str = ""
    """The one co-owner who votes for all of them, if they settled that."""


class Voter(NamedTuple):
    """One head. `members`: the co-owners, empty where one owner stands alone."""

    units: tuple[str, ...]
    area: int
    members: frozenset[str]
    designated: str

    @property
    def weight(self) -> Weight:
        return Weight(self.area, 1)


class Roll(NamedTuple):
    """`voters` by number. `uses`: area and number of the units counted, by use; `left_out`: of those that are not.

    `buildings`: by name, the area that each voter has there.
    """

    voters: list[Voter]
    total: Weight
    uses: dict[str, Weight]
    left_out: dict[str, Weight]
    buildings: dict[str, dict[int, int]]
    named: dict[str, int]
    persons: dict[str, tuple[int, ...]]
    sets: dict[Hashable, int]

    def find(self, name: str) -> tuple[int, ...]:
        """Whom a paper names: a voter; else all sets of co-owners that a person is in; else the voter of a unit."""
        if name in self.named:
            return (self.named[name],)
        together = self.sets.get(frozenset(name.split("+"))) if "+" in name else None
        return self.persons.get(name, ()) if together is None else (together,)


class Blocked(NamedTuple):
    """No roll can be drawn up until something about these units is mended."""

    reason: str
    units: list[str]


def drawn_up(
    units: Iterable[Unit],
    *,
    count_parking: bool = False,
    developer: str = "",
    buildings: Collection[str] | None = None,
    affected: Collection[str] = (),
) -> Roll | Blocked:
    """The roll of a whole estate, or of `buildings` with the `affected` units elsewhere.

    `developer`: who has what is not sold (several joined by +); "": whoever the unsold units name.
    """
    register = list(units)
    scope = [u for u in register if buildings is None or u.building in buildings or u.id in affected]
    counted = [u for u in scope if count_parking or u.use != PARKING]
    missing = [u.id for u in counted if u.area is None]
    if missing:
        return Blocked("ROLL_AREA_MISSING", missing)
    # Who the developer is may be seen only from a unit that is not in question here.
    unsold = {u.owners for u in register if u.state == "unsold" and u.owners}
    sets = _owners(counted, developer, unsold)
    if isinstance(sets, Blocked):
        return sets
    left_out = [u for u in scope if not count_parking and u.use == PARKING]
    return _roll(counted, sets, _uses(left_out))


def _owners(
    units: Sequence[Unit], developer: str, unsold: Collection[frozenset[str]]
) -> list[Hashable] | Blocked:
    """For every unit the key of its head; `unsold`: who is named as the owner of units that nobody bought."""
    if developer or len(unsold) <= 1:
        named = frozenset(developer.split("+")) if developer else frozenset({DEVELOPER})
        stands_for = named if developer else next(iter(unsold), named)
        return [stands_for if u.state in WITH_THE_DEVELOPER else _own(u) for u in units]
    # Several developers, and nobody said whose the sold but undelivered units are.
    unclear = [u.id for u in units if u.state == "undelivered" or (u.state == "unsold" and not u.owners)]
    return Blocked("ROLL_DEVELOPER_UNKNOWN", unclear) if unclear else [_own(u) for u in units]


def _own(unit: Unit) -> Hashable:
    return unit.owners or ("unknown owner of", unit.id)


def _roll(units: Sequence[Unit], keys: Sequence[Hashable], left_out: dict[str, Weight]) -> Roll:
    together: dict[Hashable, list[Unit]] = {}
    for unit, key in zip(units, keys):  # noqa: B905 (Python 3.9 knows no strict)
        together.setdefault(key, []).append(unit)
    voters = [_voter(key, parts) for key, parts in together.items()]
    sets = {key: number for number, key in enumerate(together)}
    return Roll(
        voters=voters,
        total=total(v.weight for v in voters),
        uses=_uses(units),
        left_out=left_out,
        buildings=_buildings(together.values()),
        named=_named(together),
        persons=_persons(voters),
        sets=sets,
    )


def _voter(key: Hashable, parts: Sequence[Unit]) -> Voter:
    members = key if isinstance(key, frozenset) and len(key) > 1 else frozenset()
    return Voter(
        units=tuple([u.id for u in parts]),
        area=sum([u.area or 0 for u in parts]),
        members=members,
        designated=_designated(members, parts),
    )


def _designated(members: frozenset[str], parts: Sequence[Unit]) -> str:
    """Whom the co-owners of these units chose to speak for them, "" if nobody. Raises Unreadable for two, or for
    somebody who is none of them: whom to hear is not for the count to guess."""
    chosen = sorted({u.designated for u in parts if u.designated})
    if members and (len(chosen) > 1 or not members.issuperset(chosen)):
        who = ", ".join(chosen)
        raise Unreadable(
            f"unit {parts[0].id}: designated {who}: one of {'+'.join(sorted(members))} is wanted"
        )
    return chosen[0] if chosen else ""


def _named(together: dict[Hashable, list[Unit]]) -> dict[str, int]:
    """Voters by name: an owner alone by his own, a set by what the file calls it."""
    named: dict[str, int] = {}
    for number, key in enumerate(together):
        if isinstance(key, frozenset) and len(key) == 1:
            named.update(dict.fromkeys(key, number))
    for number, (key, parts) in enumerate(together.items()):
        for unit in parts:
            if unit.owners == key and unit.name:
                named.setdefault(unit.name, number)
    return named


def _persons(voters: Sequence[Voter]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, voter in enumerate(voters):
        for person in voter.members:
            found[person] = (*found.get(person, ()), number)
    for number, voter in enumerate(voters):
        for unit in voter.units:
            found.setdefault(unit, (number,))
    return found


def _buildings(together: Iterable[Sequence[Unit]]) -> dict[str, dict[int, int]]:
    """A unit whose building is not stated is in none."""
    found: dict[str, dict[int, int]] = {}
    for number, parts in enumerate(together):
        for unit in parts:
            if unit.building:
                areas = found.setdefault(unit.building, {})
                areas[number] = areas.get(number, 0) + (unit.area or 0)
    return {building: found[building] for building in sorted(found)}


def _uses(units: Iterable[Unit]) -> dict[str, Weight]:
    """Area and number of units by use. An area that is not known adds nothing: such units are not counted."""
    sums: dict[str, Weight] = {}
    for unit in units:
        sums[unit.use] = sums.get(unit.use, Weight()).plus(Weight(unit.area or 0, 1))
    return {use: sums[use] for use in sorted(sums)}
