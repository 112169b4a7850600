"""Why a ballot did not count, as its owner reads it: what the count says, or what set it aside before the count."""

from enum import StrEnum

from ..voting.counting.papers import Reason


class Aside(StrEnum):
    """What the count gives no reason for, or only that nobody stood behind the ballot."""

    STRUCK = "struck"
    """Struck out by two people upon what its owner said."""
    BELOW = "below"
    """Given for an owner whose own paper stands above it (`electorate.superseded`)."""


Why = Reason | Aside


def set_aside(struck: bool) -> Aside:
    return Aside.STRUCK if struck else Aside.BELOW
