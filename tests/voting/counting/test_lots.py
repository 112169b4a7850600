"""Following lots: who is elected in every way, in some way, and what is said when there are too many ways."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import NamedTuple

from portal.voting.counting.lots import MOST_NESTED, WORK_AT_LEAST, settled

OPTIONS = ["A", "B", "C", "D"]
Ways = Mapping[str, "Ways | str"]


class Scripted(NamedTuple):
    """A count whose lots are written down: for each option drawn the next lot, or who is elected at the end."""

    ways: Ways | str
    handled: int = 1

    @property
    def elected(self) -> Sequence[str]:
        return self.ways if isinstance(self.ways, str) else []

    @property
    def continuing(self) -> Collection[str]:
        return [] if isinstance(self.ways, str) else OPTIONS

    @property
    def tied(self) -> Sequence[str]:
        return [] if isinstance(self.ways, str) else list(self.ways)

    def drawn(self, option: str) -> "Scripted":
        assert not isinstance(self.ways, str)
        return Scripted(self.ways[option], self.handled)

    def state(self) -> Hashable:
        return str(self.ways)


def test_without_a_lot_it_is_the_count() -> None:
    assert settled(Scripted("BA"), OPTIONS, 0) == (Scripted("BA"), ["B", "A"], [])


def test_elected_in_every_way_is_sure_and_in_some_way_tied() -> None:
    start = Scripted({"A": "BC", "B": "AC"})
    assert settled(start, OPTIONS, 0) == (start, ["C"], ["A", "B"])


def test_it_goes_on_past_a_lot_whose_ways_end_alike() -> None:
    last: Ways = {"C": "AD", "D": "AC"}
    reached, winners, tied = settled(Scripted({"A": last, "B": last}), OPTIONS, 0)
    assert (reached, winners, tied) == (Scripted(last), ["A"], ["C", "D"])


def test_it_stops_before_the_first_lot_whose_ways_end_differently() -> None:
    start = Scripted({"A": {"C": "D", "D": "C"}, "B": "D"})
    assert settled(start, OPTIONS, 0) == (start, [], ["C", "D"])


def test_too_much_work_leaves_everybody_in_the_count_tied() -> None:
    start = Scripted({"A": "D", "B": "D", "C": "D"}, handled=WORK_AT_LEAST)
    assert settled(start, OPTIONS, 0) == (start, [], OPTIONS)
    assert settled(start, OPTIONS, 10**9)[1:] == (["D"], [])


def test_too_many_lots_in_one_another_too() -> None:
    ways: Ways | str = "D"
    for _ in range(MOST_NESTED + 1):
        ways = {"A": ways, "B": "D"}
    start = Scripted(ways)
    assert settled(start, OPTIONS, 0) == (start, [], OPTIONS)
