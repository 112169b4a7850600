"""The count file of an owners' vote: one case of `dual_majority` a matter, as a JSON list that `flask recount` reads.

Areas tell which home a line is, so the file is for those who check the count, not for the notice board; what the
board may have are the sums (`sums`).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.db import db
from ..voting.counting import recount
from ..voting.counting.case import FORMAT
from .electorate import ballots_of, roll_of
from .models.votes import Matter, OwnersVote

Case = dict[str, Any]
Result = dict[str, Any]
OPTIONS = ["for", "against", "abstain"]
_SUMMED = (
    "item", "kind", "total", "part", "agree", "part_ok", "agree_ok", "passed", "verdict", "shortfall_area",
    "shortfall_heads",
)  # fmt: skip


def matters_of(vote: OwnersVote) -> list[Matter]:
    """The matters in the order of the paper."""
    found = sa.select(Matter).where(Matter.vote_id == vote.id).order_by(Matter.position)
    return list(db.session.scalars(found))


def cases(vote: OwnersVote, matters: Sequence[Matter]) -> list[Case]:
    """Everything needed to count every matter again."""
    roll = roll_of(vote)
    ballots = ballots_of(vote, roll)
    return [
        {
            "format": FORMAT,
            "poll": _poll(vote, matter.question),
            "method": "dual_majority",
            "options": OPTIONS,
            "params": {"item": matter.item, **_rules(vote)},
            "electorate": roll.electorate,
            "ballots": [ballot.on(matter.position) for ballot in ballots],
        }
        for matter in matters
    ]


def sums(vote: OwnersVote, matters: Sequence[Matter]) -> list[Case]:
    """The gates of every counted matter from the sums alone (method `gates`): nobody's choice is in them."""
    return [_summed(vote, matter, matter.result) for matter in matters if matter.result]


def counted(cases: Iterable[Case]) -> list[Result]:
    return [recount(case) for case in cases]


def text(cases: Iterable[Case], results: Iterable[Result]) -> str:
    """The file in its one spelling: sorted keys, no spaces; results as what a recount is expected to say."""
    return spelled([{**case, "expected": result} for case, result in zip(cases, results, strict=True)])


def spelled(whole: Sequence[Case]) -> str:
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def digest(file_text: str) -> str:
    return hashlib.sha256(file_text.encode()).hexdigest()


def count_text(vote: OwnersVote) -> str:
    """The whole count file of a vote, counted afresh."""
    every = cases(vote, matters_of(vote))
    return text(every, counted(every))


def _poll(vote: OwnersVote, question: str) -> dict[str, Any]:
    return {
        "id": vote.id,
        "title": vote.number,
        "question": question,
        "closed_at": _hour(vote.closes_at),
        "roll": vote.roll_hash,
    }


def _rules(vote: OwnersVote) -> dict[str, Any]:
    return {
        "invalid": "participating" if vote.invalid_participates else "not_participating",
        "co_owner_conflict": "invalid" if vote.conflict_invalid else "excluded",
        "duplicate": "last" if vote.last_counts else "first",
        "count_parking": vote.count_parking,
        "non_response": vote.silence.value,
        "proxy_cap": vote.proxy_cap,
        "closes_at": _hour(vote.closes_at),
    }


def _hour(instant: Any) -> str:
    return clock.local(instant).isoformat(timespec="microseconds")


def _summed(vote: OwnersVote, matter: Matter, result: Result) -> Case:
    choices = result["choices"]
    electorate = {"total": result["total"], **choices}
    if "silent" in result:
        electorate["silent"] = result["silent"]["served"]
    return {
        "format": FORMAT,
        "poll": _poll(vote, matter.question),
        "method": "gates",
        "options": OPTIONS,
        "params": {"item": matter.item, **_rules(vote)},
        "electorate": electorate,
        "ballots": [],
        "expected": {key: result[key] for key in _SUMMED},
    }
