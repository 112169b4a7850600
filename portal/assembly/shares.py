"""What a matter costs each unit of the roll. Pure: integers of 分, of 0.01 ㎡ and of thousandths of a coefficient.

What falls on the owners is divided by exclusive area (Civil Code art. 283, where nothing else is agreed) or by a table
of floors that the convener states. Every share is cut to the 分; what is left goes one 分 each to the largest
remainders, of equal ones to the first in the order of house numbers, so that the shares add up to what is divided.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from .words import Sharing

Table = Mapping[int, int]
"""Thousandths of a coefficient by floor."""
ONE = 1000
LARGEST_COEFFICIENT = 100 * ONE
HIGHEST, LOWEST = 200, -20
_LINE = re.compile(
    r"(?P<first>-?\d{1,3})\s*[层楼F]?(?:\s*[-~至到—]\s*(?P<last>-?\d{1,3})\s*[层楼F]?)?"
    r"[\s:,;=、]+(?P<whole>\d{1,4})(?:\.(?P<part>\d{1,3}))?"
)


class Part(NamedTuple):
    """A unit that pays; parts come in the order of house numbers."""

    area: int
    building: str = ""
    floor: int | None = None


class Gap(NamedTuple):
    """What is missing before a cost can be divided: parts (by position) of which no floor is known, floors without a
    coefficient. `nobody`: every coefficient is 0, so that nobody would pay."""

    parts: tuple[int, ...] = ()
    floors: tuple[int, ...] = ()
    nobody: bool = False

    def __bool__(self) -> bool:
        return bool(self.parts or self.floors or self.nobody)


class Line(NamedTuple):
    """A line of the public table: a floor, or a building where floors do not matter. Figures, no names."""

    building: str
    floor: int | None
    coefficient: int | None
    units: int
    area: int
    least: int
    most: int
    """The shares of two like units may lie one 分 apart."""
    total: int


class UnreadableLine(ValueError):
    """A line of a table of floors that says nothing; `line` as it was typed."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


def divided(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` in the proportion of the weights, exact to the last unit. Some weight is above 0."""
    among = sum(weights)
    shares = [whole * weight // among for weight in weights]
    rest = whole - sum(shares)
    ahead = sorted(range(len(weights)), key=lambda n: (-(whole * weights[n] % among), n))
    for n in ahead[:rest]:
        shares[n] += 1
    return shares


def gap(parts: Sequence[Part], sharing: Sharing, table: Table) -> Gap:
    """What keeps a cost from being divided over these parts."""
    if sharing not in BY_FLOOR:
        return Gap(nobody=not sum(part.area for part in parts))
    unplaced = tuple(n for n, part in enumerate(parts) if part.floor is None)
    unknown = sorted({part.floor for part in parts if part.floor is not None} - set(table))
    found = Gap(unplaced, tuple(unknown))
    return found or Gap(nobody=not sum(weights(parts, sharing, table)))


def weights(parts: Iterable[Part], sharing: Sharing, table: Table) -> list[int]:
    """By what each part pays. Every floor is in the table."""
    if sharing is Sharing.FLOOR:
        return [_coefficient(part, table) for part in parts]
    if sharing is Sharing.FLOOR_AREA:
        return [_coefficient(part, table) * part.area for part in parts]
    return [part.area for part in parts]


def shares(net: int, parts: Sequence[Part], sharing: Sharing, table: Table) -> list[int]:
    """分 for every part, in their order; they add up to `net`. There is no gap."""
    return divided(net, weights(parts, sharing, table))


def monthly(fee: int, area: int) -> int:
    """分 a month for an area (0.01 ㎡) at a fee of 分 a square metre, half a 分 rounded up as bills do."""
    return (fee * area * 2 + 100) // 200


def summed_up(parts: Sequence[Part], amounts: Sequence[int], sharing: Sharing, table: Table) -> list[Line]:
    """The public table: floors from the ground up, or buildings in the order of house numbers."""
    paid = list(zip(parts, amounts, strict=True))
    if sharing in BY_FLOOR:
        by_floor = sorted(paid, key=lambda pair: _floor(pair[0]))
        groups = groupby(by_floor, key=lambda pair: _floor(pair[0]))
        return [_line("", floor, table[floor], list(some)) for floor, some in groups]
    buildings = dict.fromkeys(part.building for part in parts)
    return [_line(name, None, None, [p for p in paid if p[0].building == name]) for name in buildings]


def usual(floors: Iterable[int]) -> dict[int, int]:
    """The table that many places use for a lift: nothing on the first floor and below, half on the second, one on the
    third, a tenth more on each above it."""
    return {floor: _usual(floor) for floor in sorted(set(floors))}


def read_table(text: str) -> dict[int, int]:
    """A line a floor, or one for some floors alike: 1 0, 2层 0.5, 7-9 1.4. Raises UnreadableLine."""
    table: dict[int, int] = {}
    for line in unicodedata.normalize("NFKC", text).splitlines():
        if line.strip():
            table |= _read(line.strip())
    return dict(sorted(table.items()))


def written(table: Table) -> str:
    """The table as it is typed."""
    return "\n".join(f"{floor} {coefficient(n)}" for floor, n in sorted(table.items()))


def coefficient(thousandths: int) -> str:
    """1400 → 1.4, 500 → 0.5, 0 → 0."""
    return f"{thousandths // ONE}.{thousandths % ONE:03d}".rstrip("0").rstrip(".")


BY_FLOOR = (Sharing.FLOOR, Sharing.FLOOR_AREA)


def _usual(floor: int) -> int:
    if floor < 3:
        return ONE // 2 if floor == 2 else 0
    return ONE + (floor - 3) * ONE // 10


def _read(line: str) -> dict[int, int]:
    found = _LINE.fullmatch(line)
    if not found:
        raise UnreadableLine(line)
    first = int(found["first"])
    last = int(found["last"] or first)
    value = int(found["whole"]) * ONE + int((found["part"] or "").ljust(3, "0"))
    if not (LOWEST <= first <= last <= HIGHEST and value <= LARGEST_COEFFICIENT):
        raise UnreadableLine(line)
    return dict.fromkeys(range(first, last + 1), value)


def _floor(part: Part) -> int:
    assert part.floor is not None
    return part.floor


def _coefficient(part: Part, table: Table) -> int:
    return table[_floor(part)]


def _line(building: str, floor: int | None, value: int | None, paid: Sequence[tuple[Part, int]]) -> Line:
    amounts = [amount for _part, amount in paid]
    area = sum(part.area for part, _amount in paid)
    return Line(building, floor, value, len(paid), area, min(amounts), max(amounts), sum(amounts))
