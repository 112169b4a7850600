"""An owner says that what staff put into the box in his name is not his, or is wrong: words and the hour of the answer.
Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from ..core.text import N_

ANSWERED_WITHIN = timedelta(days=1)
AT_LEAST = timedelta(hours=3)
"""So long somebody has for it even shortly before the close and after it; the count waits."""


class Claim(StrEnum):
    """What he says."""

    NOT_MINE = "not_mine"
    WRONG = "wrong"


CLAIM_WORD: dict[Claim, str] = {
    Claim.NOT_MINE: N_("这张票不是我交的，我也没有请人录"),
    Claim.WRONG: N_("是我交的，录得不对"),
}


class Fate(StrEnum):
    """TO_STRIKE: one convener would strike it out, and it counts until another person has looked."""

    WAITING = "waiting"
    TO_STRIKE = "to_strike"
    STRUCK = "struck"
    KEPT = "kept"


FATE_WORD: dict[Fate, str] = {
    Fate.WAITING: N_("等召集人答复"),
    Fate.TO_STRIKE: N_("一位召集人要划掉，等另一个人核对"),
    Fate.STRUCK: N_("两个人核对过，划掉了，不计入"),
    Fate.KEPT: N_("核对过，照旧计入"),
}
STILL_OPEN = (Fate.WAITING, Fate.TO_STRIKE)


def due(at: datetime, closes_at: datetime) -> datetime:
    """A day, but before the close; never less than some hours."""
    return max(min(at + ANSWERED_WITHIN, closes_at), at + AT_LEAST)
