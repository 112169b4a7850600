"""The fixed words of ties."""

from enum import StrEnum

from ..core.text import N_


class TieWay(StrEnum):
    """How a tie is broken, if the topic does not simply go back to the table."""

    LOT = "lot"
    RUN_OFF = "run_off"


TIE_WAY_WORD: dict[TieWay, str] = {
    TieWay.LOT: N_("公开抽签"),
    TieWay.RUN_OFF: N_("并列的几项再投一轮"),
}
