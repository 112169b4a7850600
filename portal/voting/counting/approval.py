"""Any number of marks a ballot, within limits; the options with the most marks win."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from .case import Case
from .result import Result, result


def recount(case: Case) -> dict[str, Any]:
    """`params`: `seats`, `min_choices`, `max_choices`."""
    fewest, most = case.params.number("min_choices"), case.params.number("max_choices")
    marked = count(
        case.ballots, case.options, seats=case.params.seats(), min_choices=fewest, max_choices=most
    )
    return marked.as_json()


def count(
    ballots: Iterable[Mapping[str, Any]],
    options: Sequence[str],
    *,
    seats: int = 1,
    min_choices: int | None = None,
    max_choices: int | None = None,
) -> Result:
    """`{approve: [..], count}`: too many or too few, doubled or unknown marks make a paper invalid; none, blank."""
    tally = dict.fromkeys(options, 0)
    fewest, most = min_choices or 0, len(options) if max_choices is None else max_choices
    valid = blank = invalid = 0
    for ballot in ballots:
        marks, papers = ballot.get("approve") or (), ballot.get("count", 1)
        if not marks:
            blank += papers
        elif fewest <= len(marks) <= most and _clean(marks, tally):
            valid += papers
            for option in marks:
                tally[option] += papers
        else:
            invalid += papers
    return result(tally, valid, blank, invalid, seats)


def _clean(marks: Collection[Any], known: Mapping[str, int]) -> bool:
    return all(isinstance(m, str) and m in known for m in marks) and len(set(marks)) == len(marks)
