"""The board of a table without much form: what was said, who has it, what is done. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from .words import TaskState

COLUMNS = ("said", "claimed", "done")


class Card(NamedTuple):
    """Something that was said, with what became of it."""

    id: int
    meeting_id: int
    on: datetime
    serial: int
    text: str
    topic_id: int | None
    topic: str | None
    task_id: int | None
    state: str | None
    what: str | None
    side: str | None
    due_on: date | None
    due_at: datetime | None
    promised_on: date | None
    created_at: datetime | None
    dropped_because: str | None
    lead: str | None
    lead_id: int | None
    latest: str | None
    struck_because: str

    @property
    def column(self) -> str:
        """Where it hangs. What was taken and given back with a reason is again only said; a topic has the council."""
        if self.struck_because:
            return "struck"
        if self.state == TaskState.DONE:
            return "done"
        return "claimed" if self.state == TaskState.OPEN or self.topic_id is not None else "said"


class Counted(NamedTuple):
    """How many were said, of them taken by somebody, of those done."""

    said: int
    claimed: int
    done: int

    @property
    def rate(self) -> int | None:
        """Of a hundred that were said so many are done; rounded down, so that all is only said of all."""
        return self.done * 100 // self.said if self.said else None


def counted(cards: Sequence[Card]) -> Counted:
    """The counts of one meeting, all of whose cards are there."""
    where = [card.column for card in cards if not card.struck_because]
    return Counted(len(where), len(where) - where.count("said"), where.count("done"))


def hung(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """The cards by column, in their order, without those that were struck out."""
    columns: dict[str, list[Card]] = {name: [] for name in COLUMNS}
    for card in cards:
        if not card.struck_because:
            columns[card.column].append(card)
    return columns
