"""Electing the owners' committee (Civil Code art. 278 item 3): every seat needs more than half of those who took part.

Seats that nobody has the majority for stay vacant, and are elected in another round (补选). Where more have the
majority than there are seats, those go first whom no other measure puts behind: a candidate is ahead of another who
has no more area and no more heads, and less of one. Whom that leaves level compete for what is left; nobody guesses.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from .gates import MAJORITY, TWO_THIRDS, Gate, Verdict, gate
from .standing import standing
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

    @property
    def verdict(self) -> Verdict:
        """`passed`: somebody was elected, or a tie decides it; vacant seats do not undo that."""
        if not self.participation.met:
            return Verdict.NO_QUORUM
        return Verdict.PASSED if self.elected or self.tied else Verdict.REJECTED

    def as_json(self) -> dict[str, Any]:
        return {
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
    seats: int, whole: Weight, part: Weight, votes: Mapping[str, Weight], *, by: str = "both"
) -> Election:
    """`votes`: of each candidate, in the order of the paper. `by`: what puts candidates with a majority in order."""
    participation = gate(TWO_THIRDS, whole, part)
    gates = {name: gate(MAJORITY, part, there) for name, there in votes.items()}
    able = [name for name, votes in gates.items() if votes.met] if participation.met else []
    sure, level = _first({name: votes[name] for name in able}, seats, by)
    return Election(
        seats=seats,
        total=whole,
        part=part,
        participation=participation,
        candidates=gates,
        elected=sure,
        tied=level,
        vacant=max(0, seats - len(able)),
    )


def _first(votes: Mapping[str, Weight], seats: int, by: str) -> tuple[list[str], list[str]]:
    """Who has a seat for sure, and who competes for the rest."""
    if by != "both":
        one = standing({name: w.area if by == "area" else w.heads for name, w in votes.items()}, seats)
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
