"""One mark a ballot; the options with the most marks win."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .case import Case
from .result import Result, result


def recount(case: Case) -> dict[str, Any]:
    """`params`: `seats`."""
    return count(case.ballots, case.options, seats=case.params.seats()).as_json()


def count(ballots: Iterable[Mapping[str, Any]], options: Sequence[str], *, seats: int = 1) -> Result:
    """`{choice, count}`: no choice is blank, an option that was not on the paper is invalid; both counted apart."""
    tally = dict.fromkeys(options, 0)
    valid = blank = invalid = 0
    for ballot in ballots:
        choice, papers = ballot.get("choice"), ballot.get("count", 1)
        if choice is None:
            blank += papers
        elif isinstance(choice, str) and choice in tally:
            tally[choice] += papers
            valid += papers
        else:
            invalid += papers
    return result(tally, valid, blank, invalid, seats)
