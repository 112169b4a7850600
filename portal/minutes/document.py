"""Minutes as one document of plain values: what the page shows, what is printed, and what is sealed.

`of` makes it from the row of `material`; sealed minutes are read from the text that was kept, so nothing that changes
afterwards (a name, an agenda) changes them.
"""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.db import read
from ..core.nested import unpack
from .material import (
    AddendumLine,
    DutyLine,
    ItemLine,
    MarkLine,
    OutcomeLine,
    PersonLine,
    SectionLine,
    TaskLine,
    TeamLine,
    TextLine,
    material,
)
from .sealing import FORMAT
from .words import Heading, Stance

KINDS = {
    "items": ItemLine,
    "people": PersonLine,
    "sections": SectionLine,
    "lines": TextLine,
    "marks": MarkLine,
    "outcomes": OutcomeLine,
    "tasks": TaskLine,
    "teams": TeamLine,
    "duties": DutyLine,
    "addenda": AddendumLine,
}
Document = dict[str, Any]


def unpacked(row: Any) -> SimpleNamespace:
    """The row with its nested columns as lines."""
    made = SimpleNamespace(**row._mapping)
    for name, kind in KINDS.items():
        setattr(made, name, unpack(kind, getattr(made, name) or []))
    return made


def written(minutes_id: int) -> Document:
    """The document as it stands now, with full names."""
    return of(unpacked(read(material(sa.true()), {"minutes": minutes_id})[0]))


def of(row: Any) -> Document:
    """The document of a row."""
    return {
        "format": FORMAT,
        "masked": False,
        "number": row.number or "",
        "meeting": {
            "id": row.meeting_id,
            "title": row.title,
            "body": row.body_name,
            "kind": row.kind,
            "about": row.place_label,
            "venue": row.venue,
            "opened_at": _hour(row.opened_at or row.starts_at),
            "closed_at": _hour(row.closed_at or row.ends_at),
        },
        "chair": row.chair or "",
        "recorder": row.recorder or "",
        "people": [_person(p) for p in row.people],
        "parts": _parts(row),
        "tasks": _tasks(row),
        "objections": _objections(row),
        "read": _read(row),
        "sent_at": _hour(row.sent_at),
        "confirm_until": _hour(row.confirm_until),
    }


def _person(p: PersonLine) -> Document:
    return {
        "name": p.name,
        "side": p.side,
        "member": p.member,
        "present": p.arrived_at is not None,
        "left_early": p.left_at is not None,
        "substitute": p.substitute,
    }


def _parts(row: Any) -> list[Document]:
    """What stands before the items, the items, and what stands after them."""
    lines = defaultdict(list)
    for line in row.lines:
        if line.struck_at is None:
            lines[line.section_id].append({"id": line.id, "text": line.text})
    kept = defaultdict(list)
    for section in row.sections:
        if lines[section.id]:
            said = {"id": section.id, "heading": section.heading, "lines": lines[section.id]}
            kept[section.item_id].append(said)
    outcomes = {o.item_id: o.kind for o in row.outcomes}
    first = [s for s in kept[None] if s["heading"] == Heading.PRESENT]
    last = [s for s in kept[None] if s["heading"] != Heading.PRESENT]
    items = [
        {
            "item": {"id": i.id, "title": i.title, "topic": i.topic or "", "topic_id": i.topic_id},
            "outcome": outcomes.get(i.id, ""),
            "sections": kept[i.id],
        }
        for i in row.items
    ]
    return [_outside(first), *items, _outside(last)]


def _outside(sections: list[Document]) -> Document:
    return {"item": None, "outcome": "", "sections": sections}


def _tasks(row: Any) -> list[Document]:
    duties = defaultdict(list)
    for duty in row.duties:
        duties[duty.task_id].append(duty)
    return [
        {
            "id": t.id,
            "item": t.item_id,
            "what": t.what,
            "side": t.side,
            "due_on": t.due_on.isoformat(),
            "duties": {d.duty: d.who for d in duties[t.id]},
            "people": [d.who for d in duties[t.id] if d.user_id is not None],
        }
        for t in row.tasks
    ]


def _objections(row: Any) -> list[Document]:
    """What was said against a line, and the answer. An older wording was corrected."""
    sides = {p.id: p.side for p in row.people}
    lines = {line.id: line for line in row.lines}
    return [
        {
            "line": m.line_id,
            "side": sides[m.invitation_id],
            "reason": m.reason,
            "answer": m.answer,
            "signed_on": m.signed_on.isoformat() if m.signed_on else "",
            "corrected": m.version != lines[m.line_id].version or lines[m.line_id].struck_at is not None,
        }
        for m in row.marks
        if m.stance == Stance.WRONG
    ]


def _read(row: Any) -> Document:
    """How many of those who were there have read all of it: `asked` by the portal, `on_paper` without an account."""
    there = [p for p in row.people if p.arrived_at is not None]
    said: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for m in row.marks:
        said[m.invitation_id].add((m.line_id, m.version))
    standing = {(line.id, line.version) for line in row.lines if line.struck_at is None}
    whole = [p for p in there if standing and standing <= said[p.id]]
    return {
        "present": len(there),
        "asked": sum(p.sitter_id is not None for p in there),
        "all": len(whole),
        "on_paper": sum(p.sitter_id is None for p in whole),
    }


def _hour(instant: Any) -> str:
    return clock.local(instant).isoformat(timespec="seconds") if instant else ""
