"""What meetings do by the clock: series plan their meetings some weeks ahead, and what nobody closed on its day is
closed."""

from ..core import ticks
from .actions.repeating import plan_due
from .actions.running import lapse_due

ticks.add("meetings_plan_ahead", plan_due)
ticks.add("meetings_lapse", lapse_due)
