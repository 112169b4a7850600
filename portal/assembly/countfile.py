"""The count file of an owners' vote: one case a matter (`dual_majority`, an election `committee_election`), as a JSON
list that `flask recount` reads. Candidates are c1, c2, … by their numbers on the paper.

Areas tell which home a line is, so the file is for those who check the count, not for the notice board; what the
board may have are the sums (`sums`).
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from ..core import clock
from ..core.db import db
from ..voting.countfile import file_name
from ..voting.counting import recount
from ..voting.counting.case import FORMAT
from . import elections
from .electorate import ballots_of, roll_of
from .models.votes import Matter, OwnersVote

Case = dict[str, Any]
Result = dict[str, Any]
OPTIONS = ["for", "against", "abstain"]
_SUMMED_ELECTION = ("seats", "total", "part", "elected", "tied", "vacant", "part_ok", "passed", "verdict")
_SUMMED = (
    "item", "kind", "total", "part", "agree", "part_ok", "agree_ok", "passed", "verdict", "shortfall_area",
    "shortfall_heads",
)  # fmt: skip
_NEXT_IN_LINE = ("places", "alternates", "alternates_tied")


def matters_of(vote: OwnersVote) -> list[Matter]:
    """The matters in the order of the paper."""
    found = sa.select(Matter).where(Matter.vote_id == vote.id).order_by(Matter.position)
    return list(db.session.scalars(found))


def cases(vote: OwnersVote, matters: Sequence[Matter]) -> list[Case]:
    """Everything needed to count every matter again."""
    roll = roll_of(vote)
    ballots = ballots_of(vote, roll)
    listed = elections.lists(vote.id) if any(m.seats for m in matters) else {}
    return [
        {
            "format": FORMAT,
            "poll": _poll(vote, matter.question),
            **_asked(vote, matter, listed.get(matter.id, ())),
            "electorate": roll.electorate,
            "ballots": [ballot.on(matter.position, matter.seats is not None) for ballot in ballots],
        }
        for matter in matters
    ]


def sums(vote: OwnersVote, matters: Sequence[Matter]) -> list[Case]:
    """The gates of every counted matter from the sums alone (method `gates`; of an election its own): nobody's choice
    is in them."""
    return [_summed(vote, matter, matter.result) for matter in matters if matter.result]


def counted(cases: Iterable[Case]) -> list[Result]:
    return [recount(case) for case in cases]


def text(cases: Iterable[Case], results: Iterable[Result]) -> str:
    """The file in its one spelling: sorted keys, no spaces; results as what a recount is expected to say."""
    return spelled([{**case, "expected": result} for case, result in zip(cases, results, strict=True)])


def spelled(whole: Sequence[Case]) -> str:
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def name(vote: OwnersVote, what: str = "count") -> str:
    return file_name("owners-vote", vote.id, what)


def count_text(vote: OwnersVote) -> str:
    """The whole count file of a vote, counted afresh."""
    every = cases(vote, matters_of(vote))
    return text(every, counted(every))


def sums_text(vote: OwnersVote) -> str:
    """The file of totals of a vote, as everybody may have it."""
    return spelled(sums(vote, matters_of(vote)))


def _asked(vote: OwnersVote, matter: Matter, listed: Iterable[int]) -> Case:
    """Method, options and rules of a matter."""
    if matter.seats is None:
        return {
            "method": "dual_majority",
            "options": OPTIONS,
            "params": {"item": matter.item, **_rules(vote)},
        }
    return {
        "method": "committee_election",
        "options": [f"c{number}" for number in listed],
        "params": {"item": matter.item, **_seats(matter), **_rules(vote)},
    }


def _seats(matter: Matter) -> dict[str, Any]:
    """As many marks as seats; who has more of both measures comes first."""
    places = {"alternates": matter.alternates} if matter.alternates else {}
    return {"seats": matter.seats, "max_choices": matter.seats, "rank": "both", **places}


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
    if matter.seats is not None:
        return _summed_election(vote, matter, result)
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


def _summed_election(vote: OwnersVote, matter: Matter, result: Result) -> Case:
    votes = {name: line["votes"] for name, line in result["candidates"].items()}
    return {
        "format": FORMAT,
        "poll": _poll(vote, matter.question),
        "method": "committee_election",
        "options": list(votes),
        "params": {"item": matter.item, **_seats(matter), **_rules(vote)},
        "electorate": {"total": result["total"], "part": result["part"], "candidates": votes},
        "ballots": [],
        "expected": {key: result[key] for key in (*_SUMMED_ELECTION, *_NEXT_IN_LINE) if key in result},
    }
