"""The count file of a poll: everything needed to count again (`portal-count/1`), with not a voter in it.

Equal papers are one line with their number; receipts are published apart, so that no code stands beside a choice.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..core import clock
from ..core.amounts import plain
from .counting.case import FORMAT
from .models import Poll
from .papers import ballot, named

Case = dict[str, Any]


def file_name(kind: str, number: int, what: str = "count") -> str:
    """`poll-2-count.json`: by kind and id, as numbers of polls and of owners' votes are alike. In the evidence, on the
    certificate and as a download it is the same name."""
    return f"{kind}-{number}-{what}.json"


def case_of(poll: Poll, options: Sequence[tuple[str, int | None]], kinds: Iterable[tuple[str, int]]) -> Case:
    """`options`: (title, cost in 分) in the order of the paper; `kinds`: (marks, how many) of every kind of paper."""
    closed = clock.local(poll.closed_at).isoformat(timespec="seconds") if poll.closed_at else None
    titles = [title for title, _cost in options]
    return {
        "format": FORMAT,
        "poll": {"id": poll.id, "title": poll.number, "question": poll.question, "closed_at": closed},
        "method": poll.method.value,
        "options": named(poll.method, titles),
        "params": poll.params,
        **_money(poll, options),
        "ballots": [{**ballot(poll.method, marks, titles), "count": n} for marks, n in sorted(kinds)],
    }


def _money(poll: Poll, options: Sequence[tuple[str, int | None]]) -> Case:
    """Costs and the sum in yuan, as a budget's count reads them."""
    if poll.budget is None:
        return {}
    return {"costs": {title: plain(cost or 0) for title, cost in options}, "budget": plain(poll.budget)}


def text(case: Case, tally: dict[str, Any] | None = None) -> str:
    """The file: stable order, readable by people; `tally` as what a recount is expected to say."""
    whole = {**case, "expected": tally} if tally is not None else case
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
