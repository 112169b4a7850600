"""Papers in piles, one for each continuing option, as a count by elimination moves them."""

from collections.abc import Collection, Iterable, Mapping

from .rankings import Ranking, Rankings

Pile = dict[Ranking, int]
"""How many papers of each kind; a kind is the option of the pile and what the paper ranks after it."""


class Piles:
    """`tally`: papers in each pile; `exhausted`: papers that rank no continuing option."""

    def __init__(self, piles: Mapping[str, Pile], tally: Mapping[str, int], exhausted: int) -> None:
        self._piles = dict(piles)
        self.tally = dict(tally)
        self.exhausted = exhausted

    def majority(self) -> str | None:
        """The option with more than half of the continuing papers."""
        half = sum(self.tally.values())
        return next((option for option, votes in self.tally.items() if votes * 2 > half), None)

    def remove(self, losers: Collection[str]) -> None:
        """The papers of the losers go on to the next continuing option."""
        leaving = [self._piles.pop(option) for option in losers]
        for option in losers:
            del self.tally[option]
        for pile in leaving:
            self.exhausted += _deal(pile.items(), self._piles, self.tally)

    def without(self, losers: Collection[str]) -> "Piles":
        """As after `remove`; these piles stay as they are."""
        kept = {option: dict(pile) for option, pile in self._piles.items()}
        after = Piles(kept, self.tally, self.exhausted)
        after.remove(losers)
        return after


def dealt(rankings: Rankings, options: Iterable[str]) -> Piles:
    """The papers by their first preference; an option that is nobody's first has no pile from the start."""
    first = {ranking[0] for ranking in rankings.papers}
    piles: dict[str, Pile] = {option: {} for option in options if option in first}
    tally = dict.fromkeys(piles, 0)
    _deal(rankings.papers.items(), piles, tally)
    return Piles(piles, tally, rankings.empty)


def _deal(papers: Iterable[tuple[Ranking, int]], piles: Mapping[str, Pile], tally: dict[str, int]) -> int:
    """Lays the papers on the piles; gives how many are exhausted."""
    exhausted = 0
    for ranking, count in papers:
        for place, option in enumerate(ranking):
            if option in piles:
                rest, pile = ranking[place:], piles[option]
                pile[rest] = pile.get(rest, 0) + count
                tally[option] += count
                break
        else:
            exhausted += count
    return exhausted
