"""A case: everything needed to count again. The same for a count file and for a bare case without its frame."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import approval, plurality
from .result import Result

FORMAT = "portal-count/1"


class Unreadable(ValueError):
    """A case that cannot be counted, in one line for whoever ran the recount."""


def recount(case: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a case, with the keys of `expected`. Raises Unreadable if it is no case of a known method."""
    if not isinstance(case, Mapping):
        raise Unreadable("a case is a JSON object")
    if case.get("format", FORMAT) != FORMAT:
        raise Unreadable(f"unknown format {case['format']!r}; this program reads {FORMAT}")
    method = case.get("method")
    if not isinstance(method, str) or method not in METHODS:
        raise Unreadable(f"unknown method {method!r}")
    return METHODS[method](_ballots(case), _options(case), _params(case)).as_json()


def _options(case: Mapping[str, Any]) -> list[str]:
    options = case.get("options")
    if not isinstance(options, list) or not all(isinstance(o, str) for o in options):
        raise Unreadable("options: a list of texts is needed")
    if len(set(options)) != len(options):
        raise Unreadable("options: the same option is there twice")
    return options


def _ballots(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    ballots = case.get("ballots")
    if not isinstance(ballots, list) or not all(isinstance(b, Mapping) for b in ballots):
        raise Unreadable("ballots: a list of objects is needed")
    for number, ballot in enumerate(ballots, 1):
        papers = ballot.get("count", 1)
        if not _whole(papers) or papers < 0:
            raise Unreadable(f"ballot {number}: count is no whole number")
        if not isinstance(ballot.get("approve") or [], list):
            raise Unreadable(f"ballot {number}: approve is no list")
    return ballots


def _params(case: Mapping[str, Any]) -> Mapping[str, Any]:
    params = case.get("params") or {}
    if not isinstance(params, Mapping):
        raise Unreadable("params: an object is needed")
    return params


def _number(params: Mapping[str, Any], name: str) -> int | None:
    value = params.get(name)
    if value is not None and (not _whole(value) or value < 0):
        raise Unreadable(f"params.{name}: no whole number")
    return value


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _seats(params: Mapping[str, Any]) -> int:
    seats = _number(params, "seats")
    return 1 if seats is None else seats


def _plurality(
    ballots: Sequence[Mapping[str, Any]], options: Sequence[str], params: Mapping[str, Any]
) -> Result:
    return plurality.count(ballots, options, seats=_seats(params))


def _approval(
    ballots: Sequence[Mapping[str, Any]], options: Sequence[str], params: Mapping[str, Any]
) -> Result:
    fewest, most = _number(params, "min_choices"), _number(params, "max_choices")
    return approval.count(ballots, options, seats=_seats(params), min_choices=fewest, max_choices=most)


Counter = Callable[[Sequence[Mapping[str, Any]], Sequence[str], Mapping[str, Any]], Result]
METHODS: dict[str, Counter] = {"plurality": _plurality, "approval": _approval}
