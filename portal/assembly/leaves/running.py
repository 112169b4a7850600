"""How far an open vote is, for everybody: rounded so that nobody learns from it who has just voted.

The roll hangs out with every area on it, so a figure that grows by 91.01㎡ names a home.
"""

from collections.abc import Iterable

from ...core.text import _
from ..taking_part import missing

STEPS = (1, 2, 5, 10, 25, 50)
TWO_HEADS = 200
"""A step of one percent is two of so many heads."""


def coarse(part: int, whole: int, heads: int) -> int:
    """Whole percents of a vote or building with so many heads, rounded down to a step that is at least two of them."""
    if whole <= 0:
        return 0
    step = next((step for step in STEPS if step * heads >= TWO_HEADS), STEPS[-1])
    return part * 100 // whole // step * step


def running(heads_in: int, heads: int) -> str:
    """`120|running(1000)` → 已经有 12% 的业主投了票."""
    return _("已经有 %(share)d%% 的业主投了票", share=coarse(heads_in, heads, heads))


def with_enough(rows: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int, bool]]:
    """(building, part, whole), each with whether two thirds have come, which the law asks of all buildings together."""
    return [(name, part, whole, not missing(part, whole)) for name, part, whole in rows]


FILTERS = {"coarse": coarse, "running": running, "with_enough": with_enough}
