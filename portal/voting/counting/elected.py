"""Electing the owners' committee (Civil Code art. 278 item 3): every seat needs more than half of those who took part.

Seats that nobody has the majority for stay vacant, and are elected in another round (补选). Where more have the
majority than there are seats, those go first whom no other measure puts behind: a candidate is ahead of another who
has no more area and no more heads, and less of one. Whom that leaves level compete for what is left; nobody guesses.

Alternates (候补委员), where the rules of the assembly foresee them, have the majority too and come next in the same
order; who loses the lot for the last seat comes before them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .gates import Gate, Verdict, gate
from .seated import seated
from .share import MAJORITY, TWO_THIRDS
from .statement import short
from .weight import Weight, plain


class Election(NamedTuple):
    """`elected` are sure; `tied` have the majority too and compete for what is left; `vacant` seats nobody may fill."""

    seats: int
    total: Weight
    part: Weight
    participation: Gate
    candidates: Mapping[str, Gate]
    elected: list[str]
    tied: list[str]
    vacant: int
    places: int = 0
    """Of alternates; `alternates` have one for sure, `alternates_tied` compete for what is left of them."""
    alternates: Sequence[str] = ()
    alternates_tied: Sequence[str] = ()

    @property
    def verdict(self) -> Verdict:
        """`passed`: somebody was elected, or a tie decides it; vacant seats do not undo that."""
        if not self.participation.met:
            return Verdict.NO_QUORUM
        return Verdict.PASSED if self.elected or self.tied else Verdict.REJECTED

    def as_json(self) -> dict[str, Any]:
        next_in_line = {
            "places": self.places,
            "alternates": [*self.alternates],
            "alternates_tied": [*self.alternates_tied],
        }
        return {
            **(next_in_line if self.places else {}),
            "seats": self.seats,
            "elected": self.elected,
            "tied": self.tied,
            "vacant": self.vacant,
            "top_up": self._top_up(),
            "total": self.total.as_json(),
            "part": self.part.as_json(),
            "quorum_area": self.participation.area_met,
            "quorum_owners": self.participation.heads_met,
            "shortfalls": {"participation": short(self.participation)},
            "part_ok": self.participation.met,
            "passed": self.verdict is Verdict.PASSED,
            "result": self.verdict.value,
            "verdict": self.verdict.value,
            "candidates": {name: _of_candidate(votes) for name, votes in self.candidates.items()},
        }

    def _top_up(self) -> dict[str, Any] | None:
        """The next round: vacant seats, and who may stand again. None where none is needed, or nothing was decided."""
        if not self.vacant or not self.participation.met:
            return None
        again = [name for name, votes in self.candidates.items() if not votes.met]
        return {"seats": self.vacant, "candidates": again}


def elected(
    seats: int,
    whole: Weight,
    part: Weight,
    votes: Mapping[str, Weight],
    *,
    by: str = "both",
    alternates: int = 0,
) -> Election:
    """`votes`: of each candidate, in the order of the paper. `by`: what puts candidates with a majority in order.
    `alternates`: how many places there are for them."""
    participation = gate(TWO_THIRDS, whole, part)
    gates = {name: gate(MAJORITY, part, there) for name, there in votes.items()}
    able = [name for name, votes in gates.items() if votes.met] if participation.met else []
    sure, level = _first({name: votes[name] for name in able}, seats, by)
    lots_lost = max(0, len(sure) + len(level) - seats)
    rest = {name: votes[name] for name in able if name not in sure and name not in level}
    left = alternates - lots_lost
    following, level_after = _first(rest, left, by) if left > 0 else ([], [])
    return Election(
        seats=seats,
        total=whole,
        part=part,
        participation=participation,
        candidates=gates,
        elected=sure,
        tied=level,
        vacant=max(0, seats - len(able)),
        places=alternates,
        alternates=sorted(
            following, key=lambda name: sum(_ahead(rest[other], rest[name]) for other in following)
        ),
        alternates_tied=level_after,
    )


def _first(votes: Mapping[str, Weight], seats: int, by: str) -> tuple[list[str], list[str]]:
    """Who has a seat for sure, and who competes for the rest."""
    if by != "both":
        one = seated({name: w.area if by == "area" else w.heads for name, w in votes.items()}, seats)
        return one.winners, one.tied
    sure = [n for n in votes if sum(not _ahead(votes[n], votes[m]) for m in votes if m != n) < seats]
    left = [n for n in votes if n not in sure and sum(_ahead(votes[m], votes[n]) for m in votes) < seats]
    return sure, left


def _ahead(one: Weight, other: Weight) -> bool:
    return one != other and one.area >= other.area and one.heads >= other.heads


def _of_candidate(votes: Gate) -> dict[str, Any]:
    return {
        "votes": votes.there.as_json(),
        "majority": votes.met,
        "majority_area": votes.area_met,
        "majority_heads": votes.heads_met,
        "least": votes.least.as_json(),
        "shortfall_area": plain(votes.short.area),
        "shortfall_heads": votes.short.heads,
    }
