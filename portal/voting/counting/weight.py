"""What a voter weighs in an owners' vote: area and a head, in integers. Areas are units of 0.01 m²."""

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from .params import is_whole
from .unreadable import Unreadable

_AREA = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,2}))?")


class Weight(NamedTuple):
    """`area` in 0.01 m²; `heads`: how many owners, by SPC 2020 art. 9."""

    area: int = 0
    heads: int = 0

    def plus(self, other: "Weight") -> "Weight":
        return Weight(self.area + other.area, self.heads + other.heads)

    def as_json(self) -> list[str | int]:
        """`["9000.00", 90]`."""
        return [plain(self.area), self.heads]


def total(weights: Iterable[Weight]) -> Weight:
    area = heads = 0
    for weight in weights:
        area, heads = area + weight.area, heads + weight.heads
    return Weight(area, heads)


def area(text: object, where: str) -> int:
    """`"88.53"` → 8853. A number of JSON is refused: 88.53 is no such number in binary, and 9000 may mean 90 m²."""
    found = _AREA.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise Unreadable(f'{where}: {text!r} is no area (a text with at most two decimals, "88.53")')
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))


def plain(hundredths: int) -> str:
    """8850 → `"88.50"`, as people write areas."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def exact(hundredths: int) -> str:
    """8850 → `"177/2"`, the exact number of m² in lowest terms, as worked cases write it."""
    return str(Fraction(hundredths, 100))


def weight(pair: object, where: str) -> Weight:
    """`["9000.00", 90]` → Weight(900000, 90)."""
    if not isinstance(pair, list) or len(pair) != 2:
        raise Unreadable(f'{where}: ["area", heads] is needed')
    heads = pair[1]
    if not is_whole(heads) or heads < 0:
        raise Unreadable(f"{where}: heads are a whole number")
    return Weight(area(pair[0], where), heads)
