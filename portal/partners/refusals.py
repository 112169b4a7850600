"""A refusal at the counter says its word, so that callers and tests know which it was."""

from ..core.errors import Conflict
from ..core.text import _
from .words import REFUSALS, Why


class Refused(Conflict):
    def __init__(self, why: Why) -> None:
        super().__init__(_(REFUSALS[why]))
        self.why = why
