"""The fixed words of ties."""

from enum import StrEnum


class TieWay(StrEnum):
    """How a tie is broken, if the topic does not simply go back to the table."""

    LOT = "lot"
    RUN_OFF = "run_off"
