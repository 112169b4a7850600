"""What a count of marks says."""

from typing import Any, NamedTuple

from .seated import seated


class Result(NamedTuple):
    """`valid` + `blank` + `invalid` = all ballots; `tally` counts the marks of the valid ones, by option."""

    winners: list[str]
    tied: list[str]
    tally: dict[str, int]
    valid: int
    blank: int
    invalid: int

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`."""
        return self._asdict()


def result(tally: dict[str, int], valid: int, blank: int, invalid: int, seats: int) -> Result:
    """A count without a valid ballot has no winner and no tie, whatever the seats."""
    sure, tied = seated(tally, seats) if valid else ([], [])
    return Result(sure, tied, tally, valid, blank, invalid)
