"""Words of what a matter costs."""

from collections.abc import Callable
from typing import Any

from ...core.leaves_figures import grouped
from ...core.text import _
from .. import shares
from ..words import SHARING_WORD, Sharing


def sharing_word(kind: str) -> str:
    """How the rest falls on the owners."""
    return _(SHARING_WORD[Sharing(kind)])


def floor_word(floor: int) -> str:
    """3 → 3 层, -1 → 地下 1 层."""
    return _("%(n)d 层", n=floor) if floor > 0 else _("地下 %(n)d 层", n=-floor)


FILTERS: dict[str, Callable[..., Any]] = {
    "sharing_word": sharing_word,
    "floor_word": floor_word,
    "fen_figure": lambda fen: grouped(fen),
    "coefficient": shares.coefficient,
    "monthly": shares.monthly,
}
