"""A show of hands: whether it can be, and what it decides by the rule of the body. Pure.

It is the count's `resolution` (`voting/counting`): those who are there and raise no hand abstain. Ties never carry.
Whether enough are there is part of the result.

Whoever has a stake in the matter stands aside (回避) and has no hand: he is counted like a paper that is cast and not
valid. He came, so he is one of those present on whom the quorum looks. Of a share of those present he is no part: there
he would be one more against, and standing aside is to be neither. Of a share of all members (业委会: more than half of
all, O04 of the cases) he stays a part: nobody lowers what a decision needs by saying that it touches him.
"""

from enum import StrEnum
from typing import NamedTuple

from ..core.errors import Invalid
from ..core.text import N_, _
from ..voting.counting.resolution import SIMPLE, Needed, Resolution, count
from ..voting.counting.share import MAJORITY, TWO_THIRDS, WHOLE, Share
from .quorum import Presence


class Rule(StrEnum):
    """What carries a motion in a body."""

    MORE_FOR = "more_for"
    HALF_PRESENT = "half_present"
    TWO_THIRDS_PRESENT = "two_thirds_present"
    HALF_MEMBERS = "half_members"
    UNANIMOUS = "unanimous"
    NO_VOTE = "no_vote"


RULE_WORD: dict[Rule, str] = {
    Rule.MORE_FOR: N_("赞成的比反对的多"),
    Rule.HALF_PRESENT: N_("到会的过半数赞成"),
    Rule.TWO_THIRDS_PRESENT: N_("到会的三分之二以上赞成"),
    Rule.HALF_MEMBERS: N_("全体成员的过半数赞成"),
    Rule.UNANIMOUS: N_("到会的全部赞成"),
    Rule.NO_VOTE: N_("只商量，不表态"),
}
_THRESHOLD: dict[Rule, Needed] = {
    Rule.MORE_FOR: SIMPLE,
    Rule.HALF_PRESENT: Needed(MAJORITY, of="valid"),
    Rule.TWO_THIRDS_PRESENT: Needed(TWO_THIRDS, of="valid"),
    Rule.HALF_MEMBERS: Needed(MAJORITY, of="eligible"),
    Rule.UNANIMOUS: Needed(WHOLE, of="valid"),
}
_QUORUM: dict[Presence, Needed | None] = {
    Presence.NONE: None,
    Presence.ONE: Needed(Share(0, 1, inclusive=False), of="cast"),
    Presence.HALF: Needed(MAJORITY, of="cast"),
    Presence.TWO_THIRDS: Needed(TWO_THIRDS, of="cast"),
    Presence.ALL: Needed(WHOLE, of="cast"),
}


class Hands(NamedTuple):
    """Hands that were counted."""

    n_for: int
    n_against: int
    n_abstain: int = 0


def checked(hands: Hands, present: int) -> Hands:
    """The same hands, with all who raised none among the abstentions. Raises Invalid for more hands than people."""
    if min(hands) < 0:
        raise Invalid(_("人数不能是负的。"), "n_for")
    over = sum(hands) - present
    if over > 0:
        raise Invalid(
            _(
                "数出来的手比到会的多 %(over)d 只，到会有表态权的是 %(present)d 人。",
                over=over,
                present=present,
            ),
            "n_for",
        )
    return hands._replace(n_abstain=present - hands.n_for - hands.n_against)


def decide(
    hands: Hands, *, members: int, present: int, rule: Rule, quorum: Presence, aside: int = 0
) -> Resolution:
    """What the hands decide; `aside` are there too and have a stake.

    Raises Invalid for hands that cannot be, and in a body that takes no vote."""
    if rule is Rule.NO_VOTE:
        raise Invalid(_("这个会只商量，不表态。"))
    counted = checked(hands, present)
    ballots = (
        {"choice": "for", "count": counted.n_for},
        {"choice": "against", "count": counted.n_against},
        {"choice": "abstain", "count": counted.n_abstain},
        {"choice": "aside", "count": aside},
    )
    return count(ballots, eligible=members, quorum=_QUORUM[quorum], threshold=_THRESHOLD[rule])


class Heads(NamedTuple):
    """A decision in heads: `least` of `whole` have to be for it, `missing` more than are; `absent` more had to come."""

    least: int
    whole: int
    missing: int
    absent: int

    @property
    def carried(self) -> bool:
        return not self.missing and not self.absent


def in_heads(
    hands: Hands, *, members: int, present: int, rule: Rule, quorum: Presence, aside: int = 0
) -> Heads:
    """How many hands it takes and how many are missing.

    `whole` are those who may show one, or all members where the rule looks on them. Where more must be for it than
    against, `least` are one more than those against."""
    threshold = _THRESHOLD[rule]
    whole = members if threshold.of == "eligible" else present
    least = hands.n_against + 1 if threshold is SIMPLE else threshold.share.least(whole)
    enough = _QUORUM[quorum]
    there = enough.share.least(members) if enough else 0
    return Heads(least, whole, max(0, least - hands.n_for), max(0, there - present - aside))
