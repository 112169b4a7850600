"""What still is missing for two thirds of both measures, while people vote. Pure; never a choice."""

from typing import NamedTuple

from ..voting.counting.share import TWO_THIRDS


class Short(NamedTuple):
    """Heads, and area in 0.01 m², that the participation is short of; 0 where it is enough."""

    heads: int
    area: int

    @property
    def enough(self) -> bool:
        return not (self.heads or self.area)


def missing(part: int, whole: int) -> int:
    """The least that has to come so that the part is two thirds of the whole."""
    return 0 if TWO_THIRDS.reached_by(part, whole) else TWO_THIRDS.least(whole) - part


def short(heads_in: int, heads: int, area_in: int, area: int) -> Short:
    return Short(missing(heads_in, heads), missing(area_in, area))
