"""The two gates of Civil Code art. 278, in integers of 0.01 m² and heads. A percentage decides nothing.

Gate 1: owners of at least 2/3 of the area and 2/3 of the heads take part. Gate 2: of those who take part, more
than half of both agree (items 1-5 and 9), or at least 3/4 of both (items 6-8).
"""

from typing import NamedTuple

from .share import MAJORITY, THREE_QUARTERS, TWO_THIRDS, Share
from .weight import Weight
from .word import Word

SPECIAL = frozenset({6, 7, 8})


class Verdict(Word):
    """`blocked`: the roll cannot be counted on (a unit without an area), so there is no result at all."""

    PASSED = "passed"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"
    BLOCKED = "blocked"


class Gate(NamedTuple):
    """What is there, and the least that must be: of the area and of the heads, both."""

    there: Weight
    least: Weight

    @property
    def area_met(self) -> bool:
        return self.there.area >= self.least.area

    @property
    def heads_met(self) -> bool:
        return self.there.heads >= self.least.heads

    @property
    def met(self) -> bool:
        return self.area_met and self.heads_met

    @property
    def short(self) -> Weight:
        """What is missing, the rest staying as it is: at gate 1 of the owners, at gate 2 of those who took part."""
        missing_area = max(0, self.least.area - self.there.area)
        return Weight(missing_area, max(0, self.least.heads - self.there.heads))


class Gates(NamedTuple):
    """Both gates of an item. `agreement` is told even where too few took part."""

    item: int
    total: Weight
    part: Weight
    agree: Weight
    participation: Gate
    agreement: Gate

    @property
    def kind(self) -> str:
        return "special" if self.item in SPECIAL else "ordinary"

    @property
    def verdict(self) -> Verdict:
        if not self.participation.met:
            return Verdict.NO_QUORUM
        return Verdict.PASSED if self.agreement.met else Verdict.REJECTED


def gate(share: Share, whole: Weight, there: Weight) -> Gate:
    return Gate(there, Weight(share.least(whole.area), share.least(whole.heads)))


def gates(item: int, total: Weight, part: Weight, agree: Weight) -> Gates:
    """`total`: of the roll; `part`: of those who took part; `agree`: of those for it. `item` 1-9 of art. 278."""
    majority = THREE_QUARTERS if item in SPECIAL else MAJORITY
    return Gates(item, total, part, agree, gate(TWO_THIRDS, total, part), gate(majority, part, agree))
