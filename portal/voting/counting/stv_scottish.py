"""Single transferable vote as in Scottish council elections (Scottish Local Government Elections Order 2007, rules
45 to 52): quota of whole votes, every paper of an elected candidate is transferred at a part of the value at which
it came (weighted inclusive Gregory), one surplus or one exclusion a stage, values cut to five decimals.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import rankings
from .case import Case
from .fixed_point import decimal_text
from .lots import settled

PLACES = 5
ONE = 10**PLACES  # one vote, in the units of the count


class Stage(NamedTuple):
    """What was done ("first", "surplus", "exclude"), with whose papers, and how everybody stands after it."""

    kind: str
    who: str | None
    votes: dict[str, int]  # in units of 0.00001 vote
    non_transferable: int  # the same; what the cutting of decimals loses is in nobody's votes

    def as_json(self) -> dict[str, Any]:
        done = {"kind": self.kind} if self.who is None else {"kind": self.kind, "who": self.who}
        votes = {option: decimal_text(units, PLACES) for option, units in self.votes.items()}
        return {**done, "votes": votes, "non_transferable": decimal_text(self.non_transferable, PLACES)}


class Lot(NamedTuple):
    """A tie that no earlier stage breaks, met where stage number `stage` (from 0) was to be: a lot decides who is
    excluded or whose surplus goes first."""

    stage: int
    kind: str
    options: list[str]


class ScottishResult(NamedTuple):
    """`winners` in order of election. Lots that decide nothing are passed, the first option of the paper standing
    for the one drawn; where one does decide, `stages` end before it and `tied` compete for what is left.
    """

    winners: list[str]
    tied: list[str]
    quota: int
    stages: list[Stage]
    lots: list[Lot]
    valid: int
    blank: int

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`."""
        stages = [stage.as_json() for stage in self.stages]
        return {**self._asdict(), "stages": stages, "lots": [lot._asdict() for lot in self.lots]}


def recount(case: Case) -> dict[str, Any]:
    """`params`: `seats`."""
    return count(case.ballots, case.options, seats=case.params.seats()).as_json()


def count(ballots: Iterable[Mapping[str, Any]], options: Sequence[str], *, seats: int = 1) -> ScottishResult:
    """`{ranking, count}`, read as in `rankings`; a paper that ranks nobody is blank and not in the quota.

    Without a valid paper nobody is elected; with no more candidates than seats all are.
    """
    papers, blank = rankings.strict(ballots, options)
    valid = sum(papers.values())
    quota = valid // (seats + 1) + 1
    started = _Count(list(papers), list(papers.values()), options, seats if valid else 0, quota * ONE)
    started.advance()
    reached, winners, tied = settled(started, options, len(papers))
    return ScottishResult(winners, tied, quota, reached.stages, reached.lots, valid, blank)


class _Count:
    """A count on its way. Papers with the same ranking are one paper here and move together."""

    def __init__(
        self,
        ranking_of: Sequence[rankings.Ranking],
        copies_of: Sequence[int],
        options: Sequence[str],
        seats: int,
        quota: int,
    ) -> None:
        self.ranking_of, self.copies_of, self.seats, self.quota = ranking_of, copies_of, seats, quota
        self.place_of = [0] * len(ranking_of)  # the place on the ranking whose candidate holds the paper
        self.value_of = [ONE] * len(ranking_of)  # at which the paper came to its holder
        self.held: dict[str, list[int]] = {option: [] for option in options}
        self.votes = dict.fromkeys(options, 0)
        self.lost = 0  # non-transferable
        self.continuing = dict.fromkeys(options)
        self.elected: list[str] = []
        self.pending: list[str] = []  # elected with a surplus that is not yet transferred
        self.tied: Sequence[str] = ()
        self.stages: list[Stage] = []
        self.lots: list[Lot] = []
        self.handled = len(ranking_of)
        for paper, ranking in enumerate(ranking_of):
            self.held[ranking[0]].append(paper)
            self.votes[ranking[0]] += ONE * copies_of[paper]
        self._end_stage("first", None)

    def advance(self) -> None:
        """To the end, or to a lot that may decide something."""
        while self.continuing and self._vacancies():
            kind, candidates = ("surplus", self._highest()) if self.pending else ("exclude", self._lowest())
            if len(candidates) > 1:
                self.lots.append(Lot(len(self.stages), kind, candidates))
                if not self._all_leave(candidates):
                    self.tied = candidates
                    return
            self._transfer(candidates[0])

    def drawn(self, option: str) -> "_Count":
        """The count that goes on if the lot falls on this option."""
        way = self._copy()
        way._transfer(option)
        way.advance()
        return way

    def state(self) -> Hashable:
        """All that the rest of the count depends on; of the past, how those still in it stood to each other."""
        still_in = [*self.continuing, *self.pending]
        past = dict.fromkeys(tuple(stage.votes[option] for option in still_in) for stage in self.stages)
        papers = tuple(self.place_of), tuple(self.value_of)
        return frozenset(self.elected), tuple(still_in), tuple(self.pending), tuple(past), papers

    def _vacancies(self) -> int:
        return self.seats - len(self.elected)

    def _highest(self) -> list[str]:
        return self._by_earlier_stages(self.pending, max)

    def _lowest(self) -> list[str]:
        return self._by_earlier_stages(self.continuing, min)

    def _by_earlier_stages(
        self, candidates: Iterable[str], extreme: Callable[[Iterable[int]], int]
    ) -> list[str]:
        """Those with the extreme of votes now; of several, those who had it at the last stage that tells them apart."""
        chosen = list(candidates)
        for stage in reversed(self.stages):
            self.handled += len(chosen)
            sought = extreme(stage.votes[option] for option in chosen)
            chosen = [option for option in chosen if stage.votes[option] == sought]
            if len(chosen) == 1:
                break
        return chosen

    def _all_leave(self, candidates: Sequence[str]) -> bool:
        """Whether the lot decides only in which order they leave: they hold no paper, and seats stay for others."""
        held = any(self.held[option] for option in candidates)
        return not held and len(self.continuing) - len(candidates) >= self._vacancies()

    def _transfer(self, option: str) -> None:
        """The surplus of an elected candidate, or all that an excluded one has."""
        if option in self.continuing:
            del self.continuing[option]
            self._move(option, 1, 1)
            self.votes[option] = 0
            self._end_stage("exclude", option)
        else:
            self.pending.remove(option)
            self._move(option, self.votes[option] - self.quota, self.votes[option])
            self.votes[option] = self.quota
            self._end_stage("surplus", option)

    def _move(self, option: str, num: int, den: int) -> None:
        """Each paper to its next continuing candidate, at num/den of the value at which it came."""
        papers, self.held[option] = self.held[option], []
        self.handled += len(papers)
        votes, held, value_of = self.votes, self.held, self.value_of
        for paper in papers:
            value = value_of[paper] * num // den
            worth = value * self.copies_of[paper]
            taker = self._next_holder(paper)
            if taker is None:
                self.lost += worth
                continue
            value_of[paper] = value
            votes[taker] += worth
            held[taker].append(paper)

    def _next_holder(self, paper: int) -> str | None:
        ranking, continuing = self.ranking_of[paper], self.continuing
        for place in range(self.place_of[paper] + 1, len(ranking)):
            if ranking[place] in continuing:
                self.place_of[paper] = place
                return ranking[place]
        return None

    def _end_stage(self, kind: str, who: str | None) -> None:
        self.stages.append(Stage(kind, who, dict(self.votes), self.lost))
        self.handled += len(self.votes)
        reached = [option for option in self.continuing if self.votes[option] >= self.quota]
        self._elect(reached)
        if len(self.continuing) <= self._vacancies():
            self._elect(list(self.continuing))

    def _elect(self, candidates: list[str]) -> None:
        """Elected at one stage: who has more votes first."""
        candidates.sort(key=lambda option: -self.votes[option])
        for option in candidates[: self._vacancies()]:
            del self.continuing[option]
            self.elected.append(option)
            if self.votes[option] > self.quota:
                self.pending.append(option)

    def _copy(self) -> "_Count":
        way = object.__new__(_Count)
        way.__dict__.update(self.__dict__)
        way.place_of, way.value_of = self.place_of[:], self.value_of[:]
        way.held = {option: papers[:] for option, papers in self.held.items()}
        way.votes, way.continuing = dict(self.votes), dict(self.continuing)
        way.elected, way.pending = self.elected[:], self.pending[:]
        way.stages, way.lots, way.tied = self.stages[:], self.lots[:], ()
        way.handled = 3 * len(self.place_of) + len(self.stages) * len(self.votes)  # its state is as large
        return way
