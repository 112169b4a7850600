"""What questionnaires do by the clock: those whose hour has passed are closed."""

from ..core import ticks
from .actions.closing import close_due

ticks.add("close_questionnaires", close_due)
