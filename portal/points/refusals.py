"""A refusal of the books says its word, so that callers and tests know which it was."""

from ..core.errors import Conflict
from ..core.text import _
from .words import MOST, REFUSALS, Why


class Refused(Conflict):
    """The operation is not entered, and nothing else of it either."""

    def __init__(self, why: Why) -> None:
        super().__init__(_(REFUSALS[why]))
        self.why = why


def sound(amount: object) -> int:
    """A whole number of points that an entry may move. Raises Refused."""
    if type(amount) is not int or not 0 < amount <= MOST:
        raise Refused(Why.BAD_AMOUNT)
    return amount
