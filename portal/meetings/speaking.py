"""Who speaks next: those who have not spoken come first, then for, against and question take turns. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ..core.text import N_

MOST_TURNS = 2
"""Turns that one person has on one item."""
MINUTES = 3
"""How long a turn lasts."""


class Stance(StrEnum):
    """What somebody raised his hand for."""

    FOR = "for"
    AGAINST = "against"
    QUESTION = "question"


STANCE_WORD: dict[Stance, str] = {
    Stance.FOR: N_("赞成"),
    Stance.AGAINST: N_("反对"),
    Stance.QUESTION: N_("提问"),
}
_ROUND = tuple(Stance)


class Hand(NamedTuple):
    """A raised hand or a turn that was taken; earlier ones stand first in a list."""

    person: int
    stance: Stance


def turns_left(person: int, taken: Sequence[Hand]) -> int:
    """How often a person may still speak on the item."""
    return max(0, MOST_TURNS - sum(turn.person == person for turn in taken))


def in_order(waiting: Sequence[Hand], taken: Sequence[Hand]) -> list[Hand]:
    """The raised hands in the order they are called. `taken`: the turns on this item so far, in order.

    Whoever spoke least comes first; among equals the stance whose turn it is, beginning with for; among those who
    raised their hand first. Hands of people without a turn left are not called.
    """
    spoken, left = list(taken), list(waiting)
    called: list[Hand] = []
    while left:
        after = spoken[-1].stance if spoken else Stance.QUESTION
        hand = min(left, key=lambda h: (_spoken(h.person, spoken), _turn(h.stance, after)))
        left.remove(hand)
        if turns_left(hand.person, spoken):
            called.append(hand)
            spoken.append(hand)
    return called


def _spoken(person: int, taken: Sequence[Hand]) -> int:
    return sum(turn.person == person for turn in taken)


def _turn(stance: Stance, after: Stance) -> int:
    """How soon it is the turn of a stance after another one."""
    return (_ROUND.index(stance) - _ROUND.index(after) - 1) % len(_ROUND)
