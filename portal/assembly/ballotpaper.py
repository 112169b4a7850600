"""What people mark and type about ballots."""

from dataclasses import dataclass
from uuid import uuid4

from werkzeug.datastructures import MultiDict

from ..core.forms import trimmed
from ..core.numbers import row_number

MOST_MATTERS = 30
LONGEST = 400
"""Signs of one matter: more than all candidates there may be."""


@dataclass(frozen=True)
class Paper:
    """A ballot as it was sent: one word a matter in the order of the paper; candidates ticked are joined by +."""

    choices: tuple[str, ...]
    once: str
    seen: int | None
    """How often the ballot had been changed on the voter's page; none: he gives his first."""


def read_paper(sent: MultiDict[str, str]) -> Paper:
    """Read by hand: it comes thousands of times an evening. `choice-0`, `choice-1`, … as marked; on the second page
    `choice` again and again. Nothing is checked here."""
    choices = tuple(trimmed(c)[:LONGEST] for c in sent.getlist("choice")[:MOST_MATTERS])
    if not choices:
        count = min(row_number(sent.get("matters")) or 0, MOST_MATTERS)
        choices = tuple(_ticked(sent.getlist(f"choice-{n}")) for n in range(count))
    return Paper(choices, trimmed(sent.get("once"))[:32] or uuid4().hex, row_number(sent.get("seen")))


def _ticked(boxes: list[str]) -> str:
    return "+".join(trimmed(box) for box in boxes)[:LONGEST]
