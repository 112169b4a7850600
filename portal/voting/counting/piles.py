"""Papers in piles, one for each continuing option, as a count by elimination moves them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from .rankings import Ranking, Rankings


class Batch(NamedTuple):
    """Papers that came to a pile together: their numbers, and for each the place on it that it has come to."""

    papers: list[int]
    places: list[int]


class Piles:
    """`tally`: papers in each pile; `exhausted`: papers that rank no continuing option.

    Piles stay as they are: those after an elimination share with them what did not move, so that many ways on can be
    followed from the same ones.
    """

    def __init__(
        self,
        rankings: Sequence[Ranking],
        copies: Sequence[int],
        piles: Mapping[str, list[Batch]],
        tally: Mapping[str, int],
        exhausted: int,
    ) -> None:
        self._rankings, self._copies, self._piles = rankings, copies, piles
        self.tally = tally
        self.exhausted = exhausted

    def majority(self) -> str | None:
        """The option with more than half of the continuing papers."""
        half = sum(self.tally.values())
        return next((option for option, votes in self.tally.items() if votes * 2 > half), None)

    def without(self, losers: Collection[str]) -> "Piles":
        """The piles when the papers of the losers have gone on to the next continuing option."""
        fresh = {option: Batch([], []) for option in self.tally if option not in losers}
        exhausted = self.exhausted
        for option in losers:
            for batch in self._piles[option]:
                exhausted += self._deal(batch, fresh)
        piles = {
            o: [*self._piles[o], batch] if batch.papers else self._piles[o] for o, batch in fresh.items()
        }
        tally = {o: self.tally[o] + self._together(batch.papers) for o, batch in fresh.items()}
        return Piles(self._rankings, self._copies, piles, tally, exhausted)

    def _deal(self, batch: Batch, piles: Mapping[str, Batch]) -> int:
        """Lays the papers on the piles of the options that they rank next; gives how many are exhausted."""
        rankings, over = self._rankings, []
        for paper, place in zip(batch.papers, batch.places):  # noqa: B905 (Python 3.9 knows no strict)
            ranking = rankings[paper]
            for at in range(place + 1, len(ranking)):
                pile = piles.get(ranking[at])
                if pile:
                    pile.papers.append(paper)
                    pile.places.append(at)
                    break
            else:
                over.append(paper)
        return self._together(over)

    def _together(self, papers: Iterable[int]) -> int:
        return sum(map(self._copies.__getitem__, papers))


def dealt(rankings: Rankings, options: Iterable[str]) -> Piles:
    """The papers by their first preference; an option that is nobody's first has no pile from the start."""
    papers, copies = list(rankings.papers), list(rankings.papers.values())
    first: dict[str, list[int]] = {}
    for paper, ranking in enumerate(papers):
        first.setdefault(ranking[0], []).append(paper)
    piles = {
        option: [Batch(first[option], [0] * len(first[option]))] for option in options if option in first
    }
    tally = {option: sum([copies[paper] for paper in first[option]]) for option in piles}
    return Piles(papers, copies, piles, tally, rankings.empty)
