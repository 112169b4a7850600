"""Who is elected by a tally, and who competes for what is left. A tie is reported, never broken."""

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple


class Seated(NamedTuple):
    """`winners` are sure, in the order of the options; `tied` compete for the seats that are left."""

    winners: list[str]
    tied: list[str]


def seated(tally: Mapping[str, int | Fraction], seats: int) -> Seated:
    """The options with the most marks. Where not all of equal marks find a seat, they are tied."""
    if seats >= len(tally):
        return Seated(list(tally), [])
    if seats < 1:
        return Seated([], [])
    last_in = sorted(tally.values(), reverse=True)[seats - 1]
    level = [option for option, marks in tally.items() if marks == last_in]
    above = [option for option, marks in tally.items() if marks > last_in]
    if len(above) + len(level) <= seats:
        return Seated([o for o, marks in tally.items() if marks >= last_in], [])
    return Seated(above, level)
