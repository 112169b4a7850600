"""The sides of a meeting: the parties of the council, and others who are asked in."""

from enum import StrEnum

from ..core.text import N_


class Side(StrEnum):
    """Whom somebody comes for. Beside the parties of the council: experts, contractors, offices."""

    RESIDENT = "resident"
    COMMITTEE = "committee"
    PROPERTY = "property"
    COMMUNITY = "community"
    MERCHANT = "merchant"
    OTHER = "other"


SIDE_WORD: dict[Side, str] = {
    Side.RESIDENT: N_("居民"),
    Side.COMMITTEE: N_("业委会"),
    Side.PROPERTY: N_("物业"),
    Side.COMMUNITY: N_("社区"),
    Side.MERCHANT: N_("商户"),
    Side.OTHER: N_("其他"),
}
