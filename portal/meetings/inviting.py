"""Who is missing at the table for what is on it: the must-invite map against those who were asked. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from ..councils.words import Category
from .sides import Side
from .words import COMING, MUST_INVITE, Interest, Reply

OF_SIDE = {Side.MERCHANT: Interest.TRADERS}
"""Whoever comes for the side comes for the interest too."""


class Asked(NamedTuple):
    """Somebody who was asked to come, for a side and perhaps for an interest, and what he said."""

    side: Side
    interest: Interest | None
    reply: Reply


class Missing(NamedTuple):
    """For one kind of matter: sides and interests that nobody was asked for, and those nobody has said yes for."""

    category: Category
    unasked_sides: tuple[Side, ...]
    unasked: tuple[Interest, ...]
    uncertain_sides: tuple[Side, ...]
    uncertain: tuple[Interest, ...]

    def __bool__(self) -> bool:
        return any(self[1:])


def missing(categories: Iterable[Category], asked: Iterable[Asked]) -> list[Missing]:
    """What is missing for the kinds of matters on an agenda, each once; nothing where all have somebody coming."""
    every = tuple(asked)
    found = (_missing(category, every) for category in dict.fromkeys(categories) if category in MUST_INVITE)
    return [one for one in found if one]


def _missing(category: Category, every: tuple[Asked, ...]) -> Missing:
    sides, interests = MUST_INVITE[category]
    every = (*every, *(a._replace(interest=OF_SIDE[a.side]) for a in every if a.side in OF_SIDE))
    known_sides = {a.side for a in every if a.reply is not Reply.NO}
    known = {a.interest for a in every if a.reply is not Reply.NO}
    coming_sides = {a.side for a in every if a.reply in COMING}
    coming = {a.interest for a in every if a.reply in COMING}
    return Missing(
        category,
        tuple(s for s in sides if s not in known_sides),
        tuple(i for i in interests if i not in known),
        tuple(s for s in sides if s in known_sides - coming_sides),
        tuple(i for i in interests if i in known - coming),
    )
