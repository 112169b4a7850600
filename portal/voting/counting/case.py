"""A case: everything needed to count again. The same for a count file and for a bare case without its frame."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from .params import Params
from .unreadable import Unreadable

FORMAT = "portal-count/1"
Ballot = Mapping[str, Any]


class Case(NamedTuple):
    """A case that can be read; what its method makes of options, ballots and params is the method's to check.

    `electorate` is of owners' votes, `costs` (text by option) and `budget` (text) of budgets; else they are empty.
    """

    method: str
    options: list[str]
    ballots: list[Ballot]
    params: Params
    electorate: Mapping[str, Any]
    costs: Mapping[str, Any]
    budget: Any


def read(raw: object) -> Case:
    """Raises Unreadable if it is no case, whatever the method."""
    if not isinstance(raw, Mapping):
        raise Unreadable("a case is a JSON object")
    if raw.get("format", FORMAT) != FORMAT:
        raise Unreadable(f"unknown format {raw['format']!r}; this program reads {FORMAT}")
    method = raw.get("method")
    if not isinstance(method, str):
        raise Unreadable(f"unknown method {method!r}")
    return Case(
        method=method,
        options=_options(raw),
        ballots=_ballots(raw),
        params=Params(_object(raw, "params")),
        electorate=_object(raw, "electorate"),
        costs=_object(raw, "costs"),
        budget=raw.get("budget"),
    )


def _options(raw: Mapping[str, Any]) -> list[str]:
    options = raw.get("options")
    if not isinstance(options, list) or not all(isinstance(o, str) for o in options):
        raise Unreadable("options: a list of texts is needed")
    if len(set(options)) != len(options):
        raise Unreadable("options: the same option is there twice")
    return options


def _ballots(raw: Mapping[str, Any]) -> list[Ballot]:
    ballots = raw.get("ballots")
    if not isinstance(ballots, list):
        raise Unreadable("ballots: a list of objects is needed")
    for number, ballot in enumerate(ballots, 1):
        papers_of(ballot, number)
        check_ballot(ballot, number)
    return ballots


def papers_of(ballot: object, number: int) -> int:
    """How many papers the ballot stands for; `number` is its place in the file. Raises Unreadable."""
    if not isinstance(ballot, (dict, Mapping)):  # a dict is known at once, and there may be a million
        raise Unreadable(f"ballot {number}: an object is needed")
    papers = ballot.get("count", 1)
    if type(papers) is not int or papers < 0:
        raise Unreadable(f"ballot {number}: count is no whole number")
    return papers


def check_ballot(ballot: Ballot, number: int) -> None:
    """Raises Unreadable if its marks have no shape that any method reads."""
    for marks in ("approve", "ranking", "tiers"):
        if not isinstance(ballot.get(marks) or [], list):
            raise Unreadable(f"ballot {number}: {marks} is no list")


def _object(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key) or {}
    if not isinstance(value, Mapping):
        raise Unreadable(f"{key}: an object is needed")
    return value
