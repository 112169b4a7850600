"""How many agreed floor by floor and took part building by building, as it may hang out: a lift is a matter of floors
(电梯议事), and nobody's choice is to be read off. Pure.

Floors are put together from the ground up until a band tells of nobody: at least five owners took part in it, and they
did not all say the same, unless the whole vote did. No band is left out, as what is left out could be worked out from
the sum; what is left at the top joins the band below it. Where only one band would be left, there are none.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

LEAST = 5
"""Owners who took part in a band."""


class Band(NamedTuple):
    """Floors `first` to `last`: how many owners agreed, took part, and are on the roll."""

    first: int
    last: int
    agree: int
    part: int
    total: int

    def plus(self, other: "Band") -> "Band":
        return Band(
            min(self.first, other.first),
            max(self.last, other.last),
            self.agree + other.agree,
            self.part + other.part,
            self.total + other.total,
        )

    @property
    def mixed(self) -> bool:
        """Some agreed and some did not."""
        return 0 < self.agree < self.part


def lines(buildings: Mapping[str, Mapping[str, Any]]) -> list[Band]:
    """What was counted with floors in the place of buildings."""
    counted = [(int(floor), said) for floor, said in buildings.items()]
    return [
        Band(floor, floor, *(int(said[line][1]) for line in ("for", "part", "total")))
        for floor, said in sorted(counted, key=lambda one: one[0])
    ]


def bands(floors: list[Band]) -> list[Band]:
    """As they hang out; none where they would tell of somebody."""
    if not floors:
        return []
    whole = floors[0]
    for floor in floors[1:]:
        whole = whole.plus(floor)
    found: list[Band] = []
    open_band: Band | None = None
    for floor in floors:
        open_band = open_band.plus(floor) if open_band else floor
        if open_band.part >= LEAST and (open_band.mixed or not whole.mixed):
            found.append(open_band)
            open_band = None
    if open_band and found:
        found[-1] = found[-1].plus(open_band)
    return found if len(found) > 1 and all(a.last < b.first for a, b in pairwise(found)) else []


FEW = 3
"""Owners of a building that is told of by itself."""


def together(rows: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """(building, took part, owners): those with fewer than `FEW` owners as one row, with the smallest of the others
    where they are too few even so."""
    small = [row for row in rows if row[2] < FEW]
    if not small:
        return list(rows)
    rest = [row for row in rows if row[2] >= FEW]
    if sum(row[2] for row in small) < FEW and rest:
        least = min(rest, key=lambda row: row[2])
        rest.remove(least)
        small.append(least)
    names = "、".join(row[0] for row in rows if row in small)
    return [*rest, (names, sum(row[1] for row in small), sum(row[2] for row in small))]
