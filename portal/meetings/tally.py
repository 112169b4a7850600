"""One tally of hands: those shown by name or on a phone, and those counted in the room. Pure.

Whoever is known by name counts once, whatever he did; hands counted in the room are those of the others, so that they
can never be more than the people who are there and have shown nothing yet.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from ..core.errors import Invalid
from ..core.text import N_, _
from .hands import Hands


class Choice(StrEnum):
    """What somebody raises his hand for."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


CHOICE_WORD: dict[Choice, str] = {
    Choice.FOR: N_("赞成"),
    Choice.AGAINST: N_("反对"),
    Choice.ABSTAIN: N_("弃权"),
}
NONE = Hands(0, 0, 0)


class Voters(NamedTuple):
    """`members` belong to the body, `present` of them are there and have no stake in the matter, `aside` have one."""

    members: int
    present: frozenset[int]
    aside: int = 0


def named(shown: Mapping[int, Choice], voters: Voters) -> Hands:
    """The hands known by name, of those who may show one and are still there."""
    choices = [choice for person, choice in shown.items() if person in voters.present]
    return Hands(*(sum(choice is one for choice in choices) for one in Choice))


def unknown(shown: Mapping[int, Choice], voters: Voters) -> int:
    """How many are there whose hand is not known by name."""
    return len(voters.present - set(shown))


def counted(hands: Hands, shown: Mapping[int, Choice], voters: Voters) -> Hands:
    """Hands counted in the room beside those known by name. Raises Invalid for more than can be."""
    if min(hands) < 0:
        raise Invalid(_("人数不能是负的。"), "n_for")
    most = unknown(shown, voters)
    if sum(hands) > most:
        raise Invalid(
            _(
                "数了 %(n)d 只手，可是没有点名、没有点手机的只有 %(most)d 人。点过手机的人不要再数。",
                n=sum(hands),
                most=most,
            ),
            "n_for",
        )
    return hands


def together(*parts: Hands) -> Hands:
    """All hands in one tally."""
    return Hands(*(sum(numbers) for numbers in zip(*parts, strict=True)))


def minutes_left(taken_up_at: datetime, minutes: int, now: datetime) -> int:
    """How much of its time an item has left, in whole minutes; below zero it is over time."""
    seconds = (taken_up_at + timedelta(minutes=minutes) - now).total_seconds()
    return -int(-seconds // 60)
