"""What voting does by the clock: polls whose hour has passed are closed."""

from ..core import ticks
from .actions.closing import close_due_polls

ticks.add("close_polls", close_due_polls)
