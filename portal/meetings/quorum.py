"""Whether enough have come: in total and of every side, in whole people. Pure.

Shares are exact fractions of whole numbers, so that two thirds of 20 are 14 and never 13.33.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from ..core.text import N_
from ..voting.motions import Share, least
from .sides import Side


class Presence(StrEnum):
    """How many must have come: of all members, or of those of one side."""

    NONE = "none"
    ONE = "one"
    HALF = "half"
    TWO_THIRDS = "two_thirds"
    ALL = "all"


PRESENCE_WORD: dict[Presence, str] = {
    Presence.NONE: N_("不要求"),
    Presence.ONE: N_("至少一人"),
    Presence.HALF: N_("过半数"),
    Presence.TWO_THIRDS: N_("三分之二以上"),
    Presence.ALL: N_("全部"),
}
_SHARE: dict[Presence, Share] = {
    Presence.HALF: Share.HALF,
    Presence.TWO_THIRDS: Share.TWO_THIRDS,
    Presence.ALL: Share.ALL,
}


class Called(NamedTuple):
    """Somebody who is to come (应到), and whether he, or who comes in his place, is there."""

    name: str
    side: Side
    present: bool
    left: bool = False


class Part(NamedTuple):
    """`present` of `members` are there and `least` are needed; `absent` are the names of those who have not come yet,
    `gone` of those who came and left."""

    members: int
    present: int
    least: int
    absent: tuple[str, ...]
    gone: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """How many more must come."""
        return max(0, self.least - self.present)

    @property
    def reached(self) -> bool:
        return not self.missing


class Attendance(NamedTuple):
    """The light at the door: green when the total and every side are."""

    total: Part
    sides: dict[Side, Part]
    here: int
    """Everybody in the room, guests too. A meeting of nobody is none, whatever its body asks."""

    @property
    def quorate(self) -> bool:
        return self.here > 0 and self.total.reached and all(part.reached for part in self.sides.values())

    @property
    def short(self) -> dict[Side, Part]:
        """The sides that are still too few."""
        return {side: part for side, part in self.sides.items() if not part.reached}


def needed(presence: Presence, members: int) -> int:
    """The fewest people that satisfy it. A side that must be there and has no member can never be."""
    if presence is Presence.NONE:
        return 0
    return 1 if presence is Presence.ONE else least(_SHARE[presence], members)


def attendance(
    called: Iterable[Called],
    total: Presence,
    of_sides: Mapping[Side, Presence],
    guests: Iterable[Called] = (),
) -> Attendance:
    """The attendance against what the body asks in total and of each side. A side that must be there and has no member,
    as the residents of a hearing have none, is there when those are who came for it beside the members (`guests`)."""
    every, beside = tuple(called), tuple(guests)
    asked = {side for side, presence in of_sides.items() if presence is not Presence.NONE}
    standing = {c.side for c in every}
    counted = (*every, *(g for g in beside if g.side in asked - standing))
    sides = {
        side: _part([c for c in counted if c.side is side], of_sides.get(side, Presence.NONE))
        for side in Side
        if side in asked or side in standing
    }
    return Attendance(_part(every, total), sides, sum(c.present for c in (*every, *beside)))


def _part(called: Iterable[Called], presence: Presence) -> Part:
    every = tuple(called)
    here = sum(c.present for c in every)
    away = [c for c in every if not c.present]
    absent, gone = (tuple(c.name for c in away if c.left is left) for left in (False, True))
    return Part(len(every), here, needed(presence, len(every)), absent, gone)
