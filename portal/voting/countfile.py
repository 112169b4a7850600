"""The count file of a poll: everything needed to count again (`portal-count/1`), with not a voter in it.

Equal papers are one line with their number; receipts are published apart, so that no code stands beside a choice.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..core import clock
from .counting.case import FORMAT
from .models import Poll
from .rules import choices_of
from .words import Method


def case_of(poll: Poll, titles: Sequence[str], papers: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """`papers`: (marks, how many) of every kind of paper."""
    params: dict[str, int] = {"seats": 1}
    if poll.method is Method.APPROVAL:
        params["max_choices"] = poll.max_choices
    closed = clock.local(poll.closed_at).isoformat(timespec="seconds") if poll.closed_at else None
    return {
        "format": FORMAT,
        "poll": {"id": poll.id, "title": poll.number, "question": poll.question, "closed_at": closed},
        "method": poll.method.value,
        "options": list(titles),
        "params": params,
        "ballots": [{**_paper(poll.method, marks, titles), "count": n} for marks, n in sorted(papers)],
    }


def text(case: dict[str, Any], tally: dict[str, Any] | None = None) -> str:
    """The file: stable order, readable by people; `tally` as what a recount is expected to say."""
    whole = {**case, "expected": tally} if tally is not None else case
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def digest(file_text: str) -> str:
    return hashlib.sha256(file_text.encode()).hexdigest()


def _paper(method: Method, marks: str, titles: Sequence[str]) -> dict[str, Any]:
    chosen = [titles[n] for n in choices_of(marks)]
    if method is Method.APPROVAL:
        return {"approve": chosen}
    return {"choice": chosen[0] if chosen else None}
