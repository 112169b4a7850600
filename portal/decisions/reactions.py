"""What decisions do by the clock: those whose posting is over take effect."""

from ..core import ticks
from .actions.posting import take_due_effect

ticks.add("decisions_take_effect", take_due_effect)
