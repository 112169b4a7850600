"""What voting does by the clock: polls whose hour has come are opened, those whose hour has passed are closed."""

from ..core import ticks
from .actions.closing import close_due_polls
from .actions.planning import open_due_polls

ticks.add("open_polls", open_due_polls)
ticks.add("close_polls", close_due_polls)
