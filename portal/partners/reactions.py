"""What the clock does with partner merchants: agreements end, codes nobody used come back, statements of
the month are drawn up."""

from ..core import ticks
from ..core.actor import Actor
from .actions.agreeing import end_due
from .actions.drawing import draw_due
from .actions.redeeming import expire_due


def expire_codes(actor: Actor) -> int:
    return expire_due(actor)


ticks.add("merchants_end", end_due)
ticks.add("redemptions_expire", expire_codes)
ticks.add("statements_draw", draw_due)
