"""What points do by the clock: what is too old lapses, and holds that nobody closed come back."""

from ..core import ticks
from ..core.actor import Actor
from .actions.lapsing import lapse_due, overdue
from .actions.spending import release


def release_overdue(actor: Actor) -> int:
    """The clock: give back what is held long past its hour."""
    return ticks.each(overdue(actor), lambda held: release(actor, held, key=f"overdue:{held.id}"))


ticks.add("points_lapse", lapse_due)
ticks.add("points_release", release_overdue)
