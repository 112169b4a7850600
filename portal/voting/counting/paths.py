"""The ways of votes through a count in which elected candidates keep a part and pass on the rest.

A path is the elected candidates whom a vote meets, in order, and the hopeful one where it stays, if any. Papers on
the same path are one; there are few paths, however many papers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from .rankings import Ranking


class Paths:
    """`tree`: the paths, parents first, as (number of the parent, candidate, papers that pass). Number 0 is the root,
    which is not in the list; the node at index i has number i + 1.
    """

    def __init__(self, ranking_of: Sequence[Ranking], copies_of: Sequence[int]) -> None:
        self._ranking_of, self._copies_of = ranking_of, copies_of
        # The place on each ranking up to which votes go: of a hopeful candidate, or behind the last.
        self._place_of = [0] * len(ranking_of)
        self._by_path: dict[Ranking, list[int]] = defaultdict(list)
        for paper, ranking in enumerate(ranking_of):
            self._by_path[ranking[:1]].append(paper)
        self._copies_on = {path: self._copies(papers) for path, papers in self._by_path.items()}
        self.tree = self._tree()

    @property
    def papers(self) -> int:
        """Different ones."""
        return len(self._place_of)

    def extend(self, changed: Collection[str], continuing: Collection[str], elected: Collection[str]) -> int:
        """Votes that reached those `changed` last now go on, up to the next hopeful candidate.

        Gives how much there was to handle.
        """
        handled = 0
        grown: dict[Ranking, list[int]] = defaultdict(list)
        keeping = frozenset(elected)
        for path in [path for path in self._by_path if path and path[-1] in changed]:
            papers = self._by_path.pop(path)
            del self._copies_on[path]
            handled += len(papers)
            start = path if path[-1] in keeping else path[:-1]
            for paper in papers:
                grown[start + self._rest(paper, continuing, keeping)].append(paper)
        for path, papers in grown.items():
            self._by_path[path] = self._by_path[path] + papers
            self._copies_on[path] = self._copies_on.get(path, 0) + self._copies(papers)
        self.tree = self._tree()
        return handled + 2 * (len(self._copies_on) + len(self.tree))

    def copy(self) -> "Paths":
        """Goes its own way from here."""
        way = object.__new__(Paths)
        way.__dict__.update(self.__dict__)
        way._place_of = self._place_of[:]
        way._by_path, way._copies_on = self._by_path.copy(), dict(self._copies_on)
        return way

    def _rest(self, paper: int, continuing: Collection[str], keeping: Collection[str]) -> Ranking:
        """The path of a paper behind the place that it has come to."""
        ranking = self._ranking_of[paper]
        path: Ranking = ()
        for place in range(self._place_of[paper] + 1, len(ranking)):
            option = ranking[place]
            if option in continuing:
                self._place_of[paper] = place
                return (*path, option)
            if option in keeping:
                path = (*path, option)
        self._place_of[paper] = len(ranking)
        return path

    def _tree(self) -> list[tuple[int, str, int]]:
        number_of: dict[Ranking, int] = {(): 0}
        nodes: list[tuple[int, str]] = []
        passing = [0]
        for path, copies in self._copies_on.items():
            for length in range(1, len(path) + 1):
                number = number_of.setdefault(path[:length], len(number_of))
                if number > len(nodes):
                    nodes.append((number_of[path[: length - 1]], path[length - 1]))
                    passing.append(0)
                passing[number] += copies
        return [(parent, option, passing[i]) for i, (parent, option) in enumerate(nodes, 1)]

    def _copies(self, papers: Iterable[int]) -> int:
        return sum(map(self._copies_of.__getitem__, papers))
