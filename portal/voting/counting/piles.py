"""Papers in piles, one for each continuing option, as a count by elimination moves them."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from .rankings import Ranking, Rankings

Pile = dict[Ranking, int]
"""How many papers of each kind; a kind is the option of the pile and what the paper ranks after it."""


class Piles(NamedTuple):
    """`tally`: papers in each pile; `exhausted`: papers that rank no continuing option."""

    piles: Mapping[str, Pile]
    tally: Mapping[str, int]
    exhausted: int

    def majority(self) -> str | None:
        """The option with more than half of the continuing papers."""
        half = sum(self.tally.values())
        return next((option for option, votes in self.tally.items() if votes * 2 > half), None)

    def without(self, losers: Collection[str]) -> "Piles":
        """The papers of the losers go on to the next continuing option. These piles stay as they are."""
        piles = {option: pile for option, pile in self.piles.items() if option not in losers}
        gains: dict[str, Pile] = {option: {} for option in piles}
        exhausted = self.exhausted
        for option in losers:
            exhausted += _deal(self.piles[option].items(), gains)
        for option, gain in gains.items():
            if gain:
                piles[option] = _together(piles[option], gain)
        tally = {option: self.tally[option] + sum(gains[option].values()) for option in piles}
        return Piles(piles, tally, exhausted)


def dealt(rankings: Rankings, options: Iterable[str]) -> Piles:
    """The papers by their first preference; an option that is nobody's first has no pile from the start."""
    first = {ranking[0] for ranking in rankings.papers}
    piles: dict[str, Pile] = {option: {} for option in options if option in first}
    _deal(rankings.papers.items(), piles)
    return Piles(piles, {option: sum(pile.values()) for option, pile in piles.items()}, rankings.empty)


def _deal(papers: Iterable[tuple[Ranking, int]], piles: Mapping[str, Pile]) -> int:
    """Lays the papers on the piles; gives how many are exhausted."""
    exhausted = 0
    for ranking, count in papers:
        for place, option in enumerate(ranking):
            if option in piles:
                rest, pile = ranking[place:], piles[option]
                pile[rest] = pile.get(rest, 0) + count
                break
        else:
            exhausted += count
    return exhausted


def _together(pile: Pile, gain: Pile) -> Pile:
    both = dict(pile)
    for ranking, count in gain.items():
        both[ranking] = both.get(ranking, 0) + count
    return both
