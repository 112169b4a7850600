"""The papers of a committee election: counted by area and heads; `elected` says who has a seat."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from . import assembly_rules, owners_case, papers_case
from .assembly_rules import AssemblyRules, Silence
from .by_building import turnout_by_building
from .case import Ballot, Case
from .choices import Choice
from .elected import Election, elected
from .names import stated
from .papers import Box, Mark, Paper, sorted_out
from .roll import Blocked, Roll
from .silence import RULE_DEPENDENT, Silent, silent
from .statement import blocked, of_box, of_roll
from .totals import within
from .unreadable import Unreadable
from .weight import Weight, total, weight

_BY = ("both", "area", "heads")


class Count(NamedTuple):
    """`plain`: without the silent whom the rules let take part; the same election where they do not."""

    election: Election
    plain: Election
    roll: Roll
    box: Box
    silent: Silent

    def as_json(self) -> dict[str, Any]:
        stated = self.election.as_json() | of_box(self.box, self.roll) | of_roll(self.roll)
        stated["abstained"] = self._said_by(frozenset()).as_json()
        stated["invalid"] = self._said_by(None).as_json()
        if self.roll.buildings:
            stated["buildings"] = turnout_by_building(self.roll, self.box)
        if self.plain is self.election:
            return stated
        silent = {
            "deemed": Choice.ABSTAIN.value,
            "served": self.silent.served.as_json(),
            "unserved": self.silent.unserved.as_json(),
            "unserved_units": self.silent.units,
        }
        return stated | {"flag": RULE_DEPENDENT, "plain": self.plain.as_json(), "silent": silent}

    def _said_by(self, mark: "Mark | None") -> Weight:
        return total(self.roll.voters[n].weight for n, said in self.box.marks.items() if said == mark)


def recount(case: Case) -> dict[str, Any]:
    """Sums: `total`, `part`, `candidates {name: ["area", heads]}`; or units, and papers `{owner, approve: [..]}`.

    `params`: `seats`, `alternates` (none), `max_choices` (as many as seats), `rank` (both, area or heads), and the
    rules of the assembly.
    Raises Unreadable.
    """
    seats, alternates = _seats(case), case.params.number("alternates", 0) or 0
    by = case.params.word("rank", *_BY)
    if "units" not in case.electorate:
        return _of_sums(case, seats, by, alternates).as_json()
    if not case.options:
        raise Unreadable("options: the candidates are needed")
    rules = assembly_rules.read(case.params)
    most = case.params.number("max_choices", seats) or 0
    known = frozenset(case.options)

    def mark(ballot: Ballot) -> frozenset[str] | None:
        return marked(ballot.get("approve"), known, most)

    papers, served = papers_case.papers(case, mark, "approve"), list(owners_case.served(case.electorate))
    roll = owners_case.drawn_up(case, rules)
    if isinstance(roll, Blocked):
        return blocked(roll)
    return count(
        seats, case.options, roll, papers, rules, served=served, by=by, alternates=alternates
    ).as_json()


def marked(marks: object, known: Collection[str], most: int) -> frozenset[str] | None:
    """The candidates on a paper, none of them being a paper too (弃权); None if it is spoilt or blank."""
    if not isinstance(marks, list) or len(marks) > most:
        return None
    if not all(isinstance(m, str) and m in known for m in marks) or len(set(marks)) < len(marks):
        return None
    return frozenset(marks)


def count(
    seats: int,
    candidates: Sequence[str],
    roll: Roll,
    papers: Iterable[Paper],
    rules: AssemblyRules,
    *,
    served: Iterable[str] = (),
    by: str = "both",
    alternates: int = 0,
) -> Count:
    """Papers carry frozensets of candidates. The silent whom the rules let speak name nobody: they only take part."""
    box = sorted_out(papers, roll, rules)
    part = total(roll.voters[number].weight for number in box.marks)
    votes = {name: _votes(name, roll, box) for name in candidates}
    plainly = elected(seats, roll.total, part, votes, by=by, alternates=alternates)
    quiet = silent(roll, box, served)
    if rules.silence is Silence.NOT_PARTICIPATING:
        return Count(plainly, plainly, roll, box, quiet)
    with_silent = part.plus(quiet.served)
    with_them = elected(seats, roll.total, with_silent, votes, by=by, alternates=alternates)
    return Count(with_them, plainly, roll, box, quiet)


def _votes(name: str, roll: Roll, box: Box) -> Weight:
    chosen = (n for n, mark in box.marks.items() if isinstance(mark, frozenset) and name in mark)
    return total(roll.voters[number].weight for number in chosen)


def _of_sums(case: Case, seats: int, by: str, alternates: int) -> Election:
    whole, part = (_needed(case, key) for key in ("total", "part"))
    within(part, whole, "part is more than total")
    given = stated(case, "candidates")
    if not isinstance(given, Mapping):
        raise Unreadable('electorate.candidates: {name: ["area", heads]} is needed')
    votes = {str(name): weight(there, f"electorate.candidates {name}") for name, there in given.items()}
    for name, there in votes.items():
        within(there, part, f"{name!r} has more than took part")
    return elected(seats, whole, part, votes, by=by, alternates=alternates)


def _needed(case: Case, key: str) -> Weight:
    value = stated(case, key)
    if value is None:
        raise Unreadable(f'electorate.{key}: ["area", heads] is needed')
    return weight(value, f"electorate.{key}")


def _seats(case: Case) -> int:
    seats = stated(case, "seats")
    if not isinstance(seats, int) or isinstance(seats, bool) or seats < 1:
        raise Unreadable("params.seats: how many are to be elected")
    return seats
