"""Why a motion carries or does not, in a sentence: the same in the room and in the minutes. Pure."""

from collections.abc import Iterable
from typing import Any

from ..core.text import N_, _
from .hands import Hands, Rule, in_heads
from .quorum import Presence
from .sides import SIDE_WORD, Side

_OF_WHOM = {
    Rule.MORE_FOR: N_("赞成的要比反对的多，要 %(least)d 人赞成"),
    Rule.HALF_PRESENT: N_("到会有表态权的 %(whole)d 人里要 %(least)d 人赞成"),
    Rule.TWO_THIRDS_PRESENT: N_("到会有表态权的 %(whole)d 人里要 %(least)d 人赞成"),
    Rule.HALF_MEMBERS: N_("全体成员 %(whole)d 人里要 %(least)d 人赞成"),
    Rule.UNANIMOUS: N_("到会有表态权的 %(whole)d 人都要赞成"),
}


def why(
    rule: Rule,
    quorum: Presence,
    hands: Hands,
    *,
    members: int,
    present: int,
    aside: int,
    lacking: Iterable[str] = (),
) -> str:
    """What it takes by the rule, and what is missing. `lacking`: sides that must be there and of whom too few are."""
    found = in_heads(hands, members=members, present=present, rule=rule, quorum=quorum, aside=aside)
    need = _(_OF_WHOM[rule], whole=found.whole, least=found.least)
    if found.absent:
        return _("到会的人不够作决定，还差 %(n)d 人。", n=found.absent)
    if sides := _("、").join(_(SIDE_WORD[Side(side)]) for side in lacking):
        return _("%(sides)s到的人不够，不能作决定。", sides=sides)
    if found.missing:
        return _("%(need)s，还差 %(n)d 人。", need=need, n=found.missing)
    return _("%(need)s，够了。", need=need)


def why_decided(rule: Rule, quorum: Presence, motion: Any) -> str:
    """Why a motion that was decided carried or not, by what it was decided with."""
    hands = Hands(motion.n_for, motion.n_against, motion.n_abstain)
    return why(
        rule,
        quorum,
        hands,
        members=motion.n_members,
        present=motion.n_present,
        aside=motion.n_aside,
        lacking=motion.lacking or (),
    )
