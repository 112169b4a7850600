"""Motions: what a body needs so that it has decided, in words and as the count reads it. Pure.

The paper of a motion says 同意, 反对 or nothing (弃权); it is the count's `resolution`. A paper that the portal takes
is never invalid, so that the votes cast are the valid ones, and one word is enough for both.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ..core.text import N_, _
from .counting import share as legal

FOR, AGAINST = N_("同意"), N_("反对")
"""What is printed, in this order."""
MARKS, ABSTAIN = ("for", "against"), "abstain"
"""The same as count files name it."""


class Body(StrEnum):
    """Whose rules are followed."""

    COUNCIL = "council"
    RESIDENTS = "residents_assembly"
    COMMITTEE = "committee_meeting"
    EVERYBODY = "everybody"
    OWN = "own"


class Share(StrEnum):
    """How much of a whole is needed."""

    NONE = "none"
    HALF = "half"
    TWO_THIRDS = "two_thirds"
    THREE_QUARTERS = "three_quarters"
    ALL = "all"


class Base(StrEnum):
    """The whole that those for it are a part of; as the count names it."""

    FOR_AGAINST = "for_against"
    CAST = "cast"
    ELIGIBLE = "eligible"


BODY_WORD: dict[Body, str] = {
    Body.COUNCIL: N_("同意的比反对的多"),
    Body.RESIDENTS: N_("照居民会议：过半数的人投票，其中过半数同意"),
    Body.COMMITTEE: N_("照业委会会议：过半数的人投票，全体的过半数同意"),
    Body.EVERYBODY: N_("一致同意：名册上每一个都同意"),
    Body.OWN: N_("自己定"),
}
BODY_HOW: dict[Body, str] = {
    Body.COUNCIL: N_("一般的事用这个。投票的人不限多少，弃权的不算。"),
    Body.RESIDENTS: N_("居民委员会组织法第九条的办法。弃权的算投了票，不算同意。"),
    Body.COMMITTEE: N_("名册请选业委会委员。不能委托别人投，候补委员没有票。弃权和没投的都不算同意。"),
    Body.EVERYBODY: N_(
        "少一个同意都不通过，没投的也不算同意。住宅改成商用要有关业主一致同意（民法典第二百七十九条），这里问的不能代替业主签字。"
    ),
    Body.OWN: N_("章程或者公约另有写法的，照写的填。"),
}
QUORUM_WORD: dict[Share, str] = {
    Share.NONE: N_("不限"),
    Share.HALF: N_("过半数"),
    Share.TWO_THIRDS: N_("三分之二以上"),
    Share.THREE_QUARTERS: N_("四分之三以上"),
}
THRESHOLD_WORD: dict[Share, str] = {
    Share.HALF: N_("过半数"),
    Share.TWO_THIRDS: N_("三分之二以上"),
    Share.THREE_QUARTERS: N_("四分之三以上"),
    Share.ALL: N_("全部"),
}
BASE_WORD: dict[Base, str] = {
    Base.FOR_AGAINST: N_("同意和反对的票，弃权的不算"),
    Base.CAST: N_("投了票的人，弃权的也算"),
    Base.ELIGIBLE: N_("名册上的全体，没投的也算"),
}
_RULES: dict[Body, tuple[Share, Share, Base]] = {
    Body.COUNCIL: (Share.NONE, Share.HALF, Base.FOR_AGAINST),
    Body.RESIDENTS: (Share.HALF, Share.HALF, Base.CAST),
    Body.COMMITTEE: (Share.HALF, Share.HALF, Base.ELIGIBLE),
    Body.EVERYBODY: (Share.NONE, Share.ALL, Base.ELIGIBLE),
}
"""Of bodies whose rules are given: who must take part, how many of what must be for it."""
_SHARES: dict[Share, legal.Share] = {
    Share.HALF: legal.MAJORITY,
    Share.TWO_THIRDS: legal.TWO_THIRDS,
    Share.THREE_QUARTERS: legal.THREE_QUARTERS,
    Share.ALL: legal.WHOLE,
}


def rules(body: Body, quorum: Share, threshold: Share, base: Base) -> dict[str, Any]:
    """`params` of the count, without the number on the roll; what the body's own rules give is not asked."""
    least, enough, whole = _RULES.get(body, (quorum, threshold, base))
    return {
        "body": body.value,
        "quorum": None if least is Share.NONE else {**_SHARES[least]._asdict(), "counts": "cast"},
        "threshold": {**_SHARES[enough]._asdict(), "base": whole.value},
    }


def quorum_of(params: Mapping[str, Any]) -> Share:
    return _part(params["quorum"]) if params["quorum"] else Share.NONE


def threshold_of(params: Mapping[str, Any]) -> Share:
    return _part(params["threshold"])


def base_of(params: Mapping[str, Any]) -> Base:
    return Base(params["threshold"]["base"])


def _part(share: Mapping[str, Any]) -> Share:
    stated = legal.Share(share["num"], share["den"], share["inclusive"])
    return next(part for part, known in _SHARES.items() if known == stated)


def least(part: Share, whole: int) -> int:
    """The smallest number that is this part of the whole; never less than one."""
    return _SHARES[part].least(whole)


def said(params: Mapping[str, Any]) -> tuple[str, str]:
    """What is needed, in two sentences: to decide at all ("" where nothing is), and to be carried."""
    quorum, enough = quorum_of(params), threshold_of(params)
    present = ""
    if quorum is not Share.NONE:
        present = _("名册上要有%(part)s投票，才能作决定。", part=_(QUORUM_WORD[quorum]))
    carried = _(
        "同意的要达到%(part)s，才通过；算的是%(whole)s。",
        part=_(THRESHOLD_WORD[enough]),
        whole=_(BASE_WORD[base_of(params)]),
    )
    return present, carried
