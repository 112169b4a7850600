"""The owners' vote of Civil Code art. 278: one question, counted by exclusive area and by heads."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from . import assembly_rules, owners_case
from .assembly_rules import AssemblyRules, Silence
from .case import Ballot, Case
from .choices import Choice, offered, said
from .gates import Gates, gates
from .papers import Box, Paper, sorted_out
from .roll import Blocked, Roll
from .silence import RULE_DEPENDENT, Silent, joins, silent
from .statement import blocked, of_box, of_gates, of_roll
from .weight import Weight, total


class Count(NamedTuple):
    """`gates`: the result. `plain`: the same without those who are deemed to have said something.

    `tally`: of the papers alone; `invalid`: spoilt papers that take part; `deemed`: what the silent are taken to say.
    """

    gates: Gates
    plain: Gates
    tally: dict[Choice, Weight]
    invalid: Weight
    silent: Silent
    deemed: Choice | None
    roll: Roll
    box: Box

    @property
    def passed(self) -> bool:
        return self.gates.verdict == "passed"

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`; `plain` only where the rules of the assembly made a difference."""
        choices = {choice.value: weight.as_json() for choice, weight in self.tally.items()}
        stated = of_gates(self.gates) | {"choices": choices | {"invalid": self.invalid.as_json()}}
        if self.deemed:
            stated |= {
                "flag": RULE_DEPENDENT,
                "plain": of_gates(self.plain),
                "silent": {
                    "deemed": self.deemed.value,
                    "served": self.silent.served.as_json(),
                    "unserved": self.silent.unserved.as_json(),
                    "unserved_units": self.silent.units,
                },
            }
        return stated | of_box(self.box, self.roll) | of_roll(self.roll)


def recount(case: Case) -> dict[str, Any]:
    """`electorate.units`; ballots `{owner, choice, member?, proxy?, authorised?, time?}`; `params`: item and rules."""
    item, rules = assembly_rules.item(case.params), assembly_rules.read(case.params)
    on_paper = offered(case.options)

    def mark(ballot: Ballot) -> Choice | None:
        return said(ballot.get("choice"), on_paper)

    papers, served = owners_case.papers(case, mark), list(owners_case.served(case.electorate))
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
    invalid = _weight(roll, box, None)
    plain = _through_gates(item, roll.total, tally, invalid)
    quiet = silent(roll, box, served) if rules.silence is not Silence.NOT_PARTICIPATING else NOBODY
    deemed = joins(rules.silence, tally)
    result = plain
    if deemed:
        result = _through_gates(
            item, roll.total, {**tally, deemed: tally[deemed].plus(quiet.served)}, invalid
        )
    return Count(result, plain, tally, invalid, quiet, deemed, roll, box)


NOBODY = Silent(Weight(), Weight(), [])


def _through_gates(item: int, whole: Weight, tally: Mapping[Choice, Weight], invalid: Weight) -> Gates:
    return gates(item, whole, total([*tally.values(), invalid]), tally[Choice.FOR])


def _weight(roll: Roll, box: Box, mark: Choice | None) -> Weight:
    return total(roll.voters[number].weight for number, said in box.marks.items() if said == mark)
