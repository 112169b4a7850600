"""Small pieces of the pages of an owners' vote, as filters; one subject a file."""

from . import (
    ballots,
    challenges,
    convening,
    costs,
    doors,
    elections,
    offroll,
    outcomes,
    prints,
    results,
    rules,
    running,
    stages,
)

FILTERS = {
    **ballots.FILTERS,
    **challenges.FILTERS,
    **convening.FILTERS,
    **costs.FILTERS,
    **doors.FILTERS,
    **elections.FILTERS,
    **offroll.FILTERS,
    **outcomes.FILTERS,
    **prints.FILTERS,
    **results.FILTERS,
    **rules.FILTERS,
    **running.FILTERS,
    **stages.FILTERS,
}
