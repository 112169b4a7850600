"""How many an election elects: what its matter may say, and the least of the place. Pure."""

from ..core.errors import Invalid
from ..core.text import _
from .jurisdictions import Pack

WHOLE = "election"
"""The wish for a whole committee; its number is odd."""
WISHES = (WHOLE, "by_election")
ITEM = 3
FEWEST_SEATS, MOST_SEATS = 3, 15


def check_seats(wish: str, item: int, seats: int | None, alternates: int = 0) -> None:
    """Raises Invalid (`item`, `seats`, `alternates`): an election comes under item 3 and says how many are elected, and
    has no more alternates than that; for a whole committee the number is odd. A by-election without seats asks for or
    against one person."""
    if not 0 <= alternates <= (seats or 0):
        raise Invalid(_("候补委员不能比要选的委员多。"), "alternates")
    if wish not in WISHES:
        if seats is not None:
            raise Invalid(_("只有选举才写名额。"), "seats")
        return
    if seats is None and wish != WHOLE:
        return
    if item != ITEM:
        raise Invalid(_("选举业委会委员属于第三项，不能改成别的项。"), "item")
    if seats is None or not 1 <= seats <= MOST_SEATS:
        raise Invalid(_("请写选几位，1 到 %(most)d 位。", most=MOST_SEATS), "seats")
    if wish == WHOLE and (seats < FEWEST_SEATS or seats % 2 == 0):
        raise Invalid(_("业委会的人数是单数，至少 %(least)d 位。", least=FEWEST_SEATS), "seats")


def fewest(rules: Pack, units: int, area: int) -> int:
    """The least number of seats of a whole committee by the rules of the place; small estates may have fewer."""
    small = (rules.small_units and units < rules.small_units) or (
        rules.small_area and area <= rules.small_area
    )
    return FEWEST_SEATS if small else rules.least_seats
