"""The parts of a project as its page shows them: rows of nested columns."""

from datetime import date, datetime
from typing import Any, NamedTuple

from . import rules


class MilestoneLine(NamedTuple):
    """A step with its day."""

    id: int
    position: int
    title: str
    weight: int
    planned_on: date
    due_on: date
    done_on: date | None
    note: str

    def late(self, today: date) -> int:
        """Days late, 0 in time."""
        return rules.days_late(self.due_on, today, self.done_on)

    @property
    def early(self) -> int:
        return rules.days_early(self.due_on, self.done_on) if self.done_on else 0


class DelayLine(NamedTuple):
    """A new day for a milestone, and why."""

    milestone_id: int
    was_due_on: date
    due_on: date
    reason: str
    party: str
    at: datetime


class BudgetRow(NamedTuple):
    """What money is meant for, and what was paid of it."""

    id: int
    title: str
    amount: int
    reason: str
    added_at: datetime | None
    paid: int


class FundingRow(NamedTuple):
    source: str
    amount: int
    note: str


class SpendingLine(NamedTuple):
    """Money that was paid; `papers` are its receipts."""

    id: int
    amount: int
    purpose: str
    payee: str
    spent_on: date
    party: str
    line: str | None
    papers: list[list[Any]]


class UpdateLine(NamedTuple):
    """A page of the diary."""

    id: int
    body: str
    party: str
    author: str
    at: datetime
    milestone: str | None
    files: list[list[Any]]


class AcceptanceLine(NamedTuple):
    """One round of acceptance."""

    id: int
    report: str
    reported_at: datetime
    accepted: bool | None
    finding: str
    defects: list[str]
    redo_by: date | None
    decider: str | None
    decided_at: datetime | None


class SupervisorLine(NamedTuple):
    user_id: int
    name: str
    party: str


class RatingLine(NamedTuple):
    """A rating with words."""

    author: str
    stars: int
    body: str
    at: datetime
