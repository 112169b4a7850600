"""Single transferable vote by Meek's method: the Meek reference rule of the Proportional Representation Foundation,
after Hill, Wichmann and Woodall (Algorithm 123, The Computer Journal 30, 1987).

Each candidate keeps a factor of every vote that reaches them and passes on the rest: hopeful candidates keep all,
excluded ones nothing, elected ones as much as leaves them just the quota; the factors are found by iteration. The
quota falls with what nobody can use. Fixed-point arithmetic of nine decimals, rounded as that rule says.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import rankings
from .case import Case
from .fixed_point import decimal_text
from .lots import settled
from .paths import Paths

PLACES = 9
ONE = 10**PLACES  # one vote, and a factor that keeps everything
OMEGA = ONE // 10**6  # a total surplus below it ends the iteration
UNSURE = 2  # units by which rounding may move a total, for each ballot


class Stage(NamedTuple):
    """What was done ("first", "elect", "exclude"), to whom, and how everybody stood then; values in units of 10^-9.

    An election ends its stage at once, as in the reference rule: factors and surplus are settled at exclusions.
    """

    kind: str
    who: list[str]
    quota: int
    votes: dict[str, int]
    keep: dict[str, int]
    surplus: int
    non_transferable: int

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "who": self.who,
            "quota": decimal_text(self.quota, PLACES),
            "votes": _texts(self.votes),
            "keep": _texts(self.keep),
            "surplus": decimal_text(self.surplus, PLACES),
            "non_transferable": decimal_text(self.non_transferable, PLACES),
        }


class Lot(NamedTuple):
    """A tie met where stage number `stage` (from 0) was to be: a lot decides who of them is excluded."""

    stage: int
    kind: str
    options: list[str]


class MeekResult(NamedTuple):
    """`winners` in order of election. Lots that decide nothing are passed, the first option of the paper standing
    for the one drawn; where one does decide, `stages` end before it and `tied` compete for what is left.
    Quota, votes and factors are those at which the count ended.
    """

    winners: list[str]
    tied: list[str]
    quota: int
    votes: dict[str, int]
    keep: dict[str, int]
    stages: list[Stage]
    lots: list[Lot]
    valid: int
    blank: int

    def as_json(self) -> dict[str, Any]:
        """Values as decimal texts."""
        return {
            **self._asdict(),
            "quota": decimal_text(self.quota, PLACES),
            "votes": _texts(self.votes),
            "keep": _texts(self.keep),
            "stages": [stage.as_json() for stage in self.stages],
            "lots": [lot._asdict() for lot in self.lots],
        }


def recount(case: Case) -> dict[str, Any]:
    """`params`: `seats`."""
    return count(case.ballots, case.options, seats=case.params.seats()).as_json()


def count(ballots: Iterable[Mapping[str, Any]], options: Sequence[str], *, seats: int = 1) -> MeekResult:
    """`{ranking, count}`, read as in `rankings`; a paper that ranks nobody is blank.

    Without a valid paper nobody is elected; with no more candidates than seats all are. Candidates are tied for
    exclusion whose votes differ by less than the arithmetic can tell: by omega, or the surplus if it is larger,
    and what rounding may do.
    """
    papers, blank = rankings.strict(ballots, options)
    valid = sum(papers.values())
    started = _Count(list(papers), list(papers.values()), options, seats, open_seats=seats if valid else 0)
    started.advance()
    reached, winners, tied = settled(started, options, len(papers))
    return MeekResult(
        winners=winners,
        tied=tied,
        quota=reached.quota,
        votes=reached.votes,
        keep=reached.keep,
        stages=reached.stages,
        lots=reached.lots,
        valid=valid,
        blank=blank,
    )


class _Count:
    """A count on its way. Papers with the same ranking are one paper here."""

    def __init__(
        self,
        ranking_of: Sequence[rankings.Ranking],
        copies_of: Sequence[int],
        options: Sequence[str],
        seats: int,
        open_seats: int,
    ) -> None:
        self.seats, self.open_seats = seats, open_seats
        self.valid = sum(copies_of)
        self.handled = len(ranking_of)
        self.paths = Paths(ranking_of, copies_of)
        self.keep = dict.fromkeys(options, ONE)
        self.votes = dict.fromkeys(options, 0)
        self.quota = self.surplus = 0
        self.continuing = dict.fromkeys(options)
        self.elected: list[str] = []
        self.tied: Sequence[str] = ()
        self.stages: list[Stage] = []
        self.lots: list[Lot] = []
        self._distribute()
        self._end_stage("first", [])

    def advance(self) -> None:
        """To the end, or to a lot that may decide something."""
        while len(self.continuing) > self._vacancies() > 0:
            reached = self._iterate()
            if reached:
                self._elect(reached)
                continue
            candidates = self._lowest()
            if len(candidates) > 1:
                self.lots.append(Lot(len(self.stages), "exclude", candidates))
                if not self._all_leave(candidates):
                    self.tied = candidates
                    return
            self._exclude(candidates[0])
        if self._vacancies() > 0:
            self._elect(list(self.continuing))

    def drawn(self, option: str) -> "_Count":
        """The count that goes on if the lot falls on this option."""
        way = self._copy()
        way._exclude(option)
        way.advance()
        return way

    def state(self) -> Hashable:
        """Who is in which state; the factors follow from it, as far as the arithmetic can tell."""
        return frozenset(self.elected), frozenset(self.continuing)

    def _vacancies(self) -> int:
        return self.open_seats - len(self.elected)

    def _iterate(self) -> list[str]:
        """Until somebody reaches the quota (who is given back), or the surplus is settled."""
        previous: int | None = None
        while True:
            self._distribute()
            reached = [option for option in self.continuing if self.votes[option] >= self.quota]
            if reached or self.surplus < OMEGA or (previous is not None and self.surplus >= previous):
                return reached
            previous = self.surplus
            for option in self.elected:
                scaled = _up(self.keep[option] * self.quota, ONE)
                self.keep[option] = _up(scaled * ONE, self.votes[option])

    def _distribute(self) -> None:
        """Every vote along its path: each candidate keeps their factor of what arrives, rounded up, for each paper."""
        votes, keep = dict.fromkeys(self.votes, 0), self.keep
        arriving = [ONE]
        for parent, option, papers in self.paths.tree:
            weight = arriving[parent]
            kept = -(-weight * keep[option] // ONE)
            votes[option] += kept * papers
            arriving.append(weight - kept)
        self.handled += len(self.paths.tree) + len(votes)
        self.votes, used = votes, sum(votes.values())
        self.quota = used // (self.seats + 1) + 1
        self.surplus = self._surplus()

    def _surplus(self) -> int:
        return max(0, sum(self.votes[option] - self.quota for option in self.elected))

    def _lowest(self) -> list[str]:
        resolution = max(self.surplus, OMEGA) + UNSURE * self.valid
        most = min(self.votes[option] for option in self.continuing) + resolution
        return [option for option in self.continuing if self.votes[option] <= most]

    def _all_leave(self, candidates: Sequence[str]) -> bool:
        """Whether the lot decides only in which order they leave, as all of them leave before anybody else does.

        So it is if seats stay for others, and all that is set moving by their leaving makes none of them as strong
        as the weakest other: their votes and the surplus, and for each vote that nobody can use what the falling
        quota takes from the elected, at most once more for each seat.
        """
        if len(self.continuing) - len(candidates) < self._vacancies():
            return False
        moving = sum(self.votes[option] for option in candidates) + self.surplus
        others = min(self.votes[option] for option in self.continuing if option not in candidates)
        return moving * (self.seats + 1) < others

    def _elect(self, candidates: list[str]) -> None:
        """Elected at one stage: who has more votes first."""
        candidates.sort(key=lambda option: -self.votes[option])
        for option in candidates:
            del self.continuing[option]
            self.elected.append(option)
        self.surplus = self._surplus()
        self._end_stage("elect", candidates)
        self._send_on(candidates)

    def _exclude(self, option: str) -> None:
        self._end_stage("exclude", [option])
        del self.continuing[option]
        self.keep[option] = self.votes[option] = 0
        self._send_on([option])

    def _end_stage(self, kind: str, who: list[str]) -> None:
        self.handled += 3 * len(self.votes)
        lost = ONE * self.valid - sum(self.votes.values())
        self.stages.append(
            Stage(kind, who, self.quota, dict(self.votes), dict(self.keep), self.surplus, lost)
        )

    def _send_on(self, changed: Collection[str]) -> None:
        self.handled += self.paths.extend(changed, self.continuing, self.elected)

    def _copy(self) -> "_Count":
        way = object.__new__(_Count)
        way.__dict__.update(self.__dict__)
        way.paths = self.paths.copy()
        way.keep, way.votes = dict(self.keep), dict(self.votes)
        way.continuing, way.elected = dict(self.continuing), self.elected[:]
        way.stages, way.lots, way.tied = self.stages[:], self.lots[:], ()
        way.handled = self.paths.papers + 5 * len(self.votes)
        return way


def _up(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def _texts(values: Mapping[str, int]) -> dict[str, str]:
    return {option: decimal_text(units, PLACES) for option, units in values.items()}
