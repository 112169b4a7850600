"""The owners' vote of Civil Code art. 278: one question, counted by exclusive area and by heads."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from . import assembly_rules, owners_case, papers_case
from .assembly_rules import AssemblyRules
from .by_building import by_building
from .case import Ballot, Case
from .choices import Choice, offered, said
from .gates import Verdict
from .papers import Box, Paper, sorted_out
from .roll import Blocked, Roll
from .silence import silent
from .statement import blocked, of_box, of_roll
from .weighing import Weighed, weighed
from .weight import Weight, total


class Count(NamedTuple):
    """The result, and what it was made of."""

    weighed: Weighed
    roll: Roll
    box: Box

    @property
    def verdict(self) -> Verdict:
        return self.weighed.gates.verdict

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`."""
        said = self.weighed.as_json() | of_box(self.box, self.roll) | of_roll(self.roll)
        return said | ({"buildings": by_building(self.roll, self.box)} if self.roll.buildings else {})


def recount(case: Case) -> dict[str, Any]:
    """`electorate.units`; ballots `{owner, choice, member?, joint?, proxy?, authorised?, time?}`; `params`: item and
    rules.

    A paper with several owners' questions is as many cases. Raises Unreadable.
    """
    item, rules = assembly_rules.item(case.params), assembly_rules.read(case.params)
    on_paper = offered(case.options)

    def mark(ballot: Ballot) -> Choice | None:
        return said(ballot.get("choice"), on_paper)

    papers, served = papers_case.papers(case, mark), list(owners_case.served(case.electorate))
    roll = owners_case.drawn_up(case, rules)
    if isinstance(roll, Blocked):
        return blocked(roll, item)
    return count(item, roll, papers, rules, served=served).as_json()


def count(
    item: int, roll: Roll, papers: Iterable[Paper], rules: AssemblyRules, *, served: Iterable[str] = ()
) -> Count:
    """`served`: owners whom the paper reached with proof and a warning; it matters where silence may count."""
    box = sorted_out(papers, roll, rules)
    tally = {choice: _weight(roll, box, choice) for choice in Choice}
    quiet = silent(roll, box, served)
    return Count(weighed(item, roll.total, tally, _weight(roll, box, None), quiet, rules.silence), roll, box)


def _weight(roll: Roll, box: Box, mark: Choice | None) -> Weight:
    return total(roll.voters[number].weight for number, said in box.marks.items() if said == mark)
