"""What became of a ballot that an owner said was wrong, in words."""

from ...core.text import _
from ..challenges import CLAIM_WORD, FATE_WORD, Claim, Fate

_MARKS = {
    Fate.WAITING: ("warn", "hourglass"),
    Fate.TO_STRIKE: ("warn", "hourglass"),
    Fate.STRUCK: ("neutral", "ban"),
    Fate.KEPT: ("neutral", "badge-check"),
}


def claim_word(claim: str) -> str:
    return _(CLAIM_WORD[Claim(claim)])


def fate_mark(fate: str) -> tuple[str, str, str]:
    """Word, tone and icon."""
    return (_(FATE_WORD[Fate(fate)]), *_MARKS[Fate(fate)])


FILTERS = {"claim_word": claim_word, "fate_mark": fate_mark}
