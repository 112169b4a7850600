"""What meetings do by the clock: series plan their meetings some weeks ahead."""

from ..core import ticks
from .actions.repeating import plan_due

ticks.add("meetings_plan_ahead", plan_due)
