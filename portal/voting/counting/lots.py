"""What a lot can decide: a count that meets a tie is followed every way in which the lot may fall.

No tie is broken here. Whoever is elected however the lots fall is sure; whoever is elected only if they fall
well is tied. Where lots are so many that not all ways can be followed, nobody is called sure who might not be:
everybody still in the count is tied.
"""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import NamedTuple, Protocol, TypeVar

MOST_NESTED = 100  # lots within one way; keeps the recursion far from Python's limit
WORK_AT_LEAST = 10_000_000  # papers handled in all ways together: some seconds
WORK_PER_PAPER = 20


Fork = TypeVar("Fork", bound="ForkingCount")


class ForkingCount(Protocol):
    """A count that stops at a lot and can go on in each way it may fall."""

    @property
    def elected(self) -> Sequence[str]: ...
    @property
    def continuing(self) -> Collection[str]:
        """Neither elected nor excluded."""

    @property
    def tied(self) -> Sequence[str]:
        """Between whom the lot is; nobody at the end."""

    @property
    def handled(self) -> int:
        """How many papers this count handled since it began, or since the lot fell."""

    def drawn(self: Fork, option: str) -> Fork:
        """A new count in which the lot fell on this option, gone on to its end or to the next lot."""

    def state(self) -> Hashable:
        """Equal states have equal ends."""


class Outcome(NamedTuple):
    """Who is elected in every way and in some way; whether all ways were followed, and ended alike."""

    sure: frozenset[str]
    possible: frozenset[str]
    whole: bool
    alike: bool


def settled(count: Fork, options: Sequence[str], papers: int) -> tuple[Fork, list[str], list[str]]:
    """Follow the lots of a count that was brought to its first. `papers`: how many it handles, for the limit.

    Gives the count as far as no lot decides who is elected; who is elected for sure, in the order of election
    there, then in the order of the options; and who is tied.
    """
    outcome_of = _follower(WORK_AT_LEAST + WORK_PER_PAPER * papers)
    outcome = here = outcome_of(count, 0)
    while count.tied and here.whole and here.alike:
        count = count.drawn(count.tied[0])
        here = outcome_of(count, 0)
    winners = [option for option in count.elected if option in outcome.sure]
    winners += [option for option in options if option in outcome.sure and option not in winners]
    tied = [option for option in options if option in outcome.possible - outcome.sure]
    return count, winners, tied


def _follower(work: int) -> Callable[[ForkingCount, int], Outcome]:
    seen: dict[Hashable, Outcome] = {}
    left = work

    def outcome_of(count: ForkingCount, depth: int) -> Outcome:
        nonlocal left
        elected = frozenset(count.elected)
        if not count.tied:
            return Outcome(elected, elected, whole=True, alike=True)
        everybody = elected.union(count.continuing)
        state = count.state()
        if state in seen:
            return seen[state]
        ends: list[Outcome] = []
        for option in count.tied:
            if left < 0 or depth == MOST_NESTED:
                return Outcome(elected, everybody, whole=False, alike=False)
            way = count.drawn(option)
            left -= way.handled
            ends.append(outcome_of(way, depth + 1))
            if _either(ends)[:2] == (elected, everybody):
                break  # nothing can be less sure
        return seen.setdefault(state, _either(ends)._replace(alike=_alike(ends, of=len(count.tied))))

    return outcome_of


def _either(ends: Sequence[Outcome]) -> Outcome:
    """What is known of a lot that can end in these ways."""
    sure = frozenset.intersection(*(end.sure for end in ends))
    possible = frozenset.union(*(end.possible for end in ends))
    return Outcome(sure, possible, whole=all(end.whole for end in ends), alike=False)


def _alike(ends: Sequence[Outcome], *, of: int) -> bool:
    return len(ends) == of and len({end[:2] for end in ends}) == 1
