"""A home turned to business (Civil Code art. 279): every owner concerned must agree; a majority is no defence."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from . import assembly_rules, owners_case, papers_case
from .assembly_rules import AssemblyRules
from .case import Ballot, Case
from .choices import Choice, offered, said
from .gates import Verdict
from .names import stated
from .papers import Box, Paper, sorted_out
from .roll import Blocked, Roll
from .statement import blocked, of_box, of_roll
from .totals import within
from .unreadable import Unreadable
from .weight import Weight, total, weight


class Unanimity(NamedTuple):
    """Of all owners concerned: those of the building, and others proven to be affected (SPC 2020 art. 11)."""

    total: Weight
    agree: Weight

    @property
    def verdict(self) -> Verdict:
        """Where nobody is concerned nobody has agreed."""
        everybody = self.total.heads > 0 and self.agree == self.total
        return Verdict.PASSED if everybody else Verdict.REJECTED

    def as_json(self) -> dict[str, Any]:
        missing = Weight(self.total.area - self.agree.area, self.total.heads - self.agree.heads)
        return {
            "total": self.total.as_json(),
            "agree": self.agree.as_json(),
            "missing": missing.as_json(),
            "passed": self.verdict is Verdict.PASSED,
            "result": self.verdict.value,
            "verdict": self.verdict.value,
        }


class Count(NamedTuple):
    """`missing`: units of owners who did not agree, whatever else they did."""

    result: Unanimity
    missing: list[str]
    box: Box


def recount(case: Case) -> dict[str, Any]:
    """Sums `total` and `agree`, `["area", heads]`; or units and papers as in `dual_majority`. Raises Unreadable.

    `params.building` and `electorate.affected` (units elsewhere) say who is concerned; silence is never agreement.
    """
    if "units" not in case.electorate:
        return _of_sums(case).as_json()
    rules, on_paper = assembly_rules.read(case.params), offered(case.options)

    def mark(ballot: Ballot) -> Choice | None:
        return said(ballot.get("choice"), on_paper)

    papers, roll = papers_case.papers(case, mark), owners_case.drawn_up(case, rules)
    if isinstance(roll, Blocked):
        return blocked(roll)
    counted = count(roll, papers, rules)
    return {
        **counted.result.as_json(),
        "missing_units": counted.missing,
        **of_box(counted.box, roll),
        **of_roll(roll),
    }


def count(roll: Roll, papers: Iterable[Paper], rules: AssemblyRules) -> Count:
    box = sorted_out(papers, roll, rules)
    agree = total(roll.voters[number].weight for number, mark in box.marks.items() if mark == Choice.FOR)
    missing = [v for number, v in enumerate(roll.voters) if box.marks.get(number) != Choice.FOR]
    return Count(Unanimity(roll.total, agree), [unit for voter in missing for unit in voter.units], box)


def _of_sums(case: Case) -> Unanimity:
    if stated(case, "total") is None:
        raise Unreadable('electorate.total: ["area", heads] is needed')
    whole = weight(stated(case, "total"), "electorate.total")
    agree = weight(stated(case, "agree") or ["0", 0], "electorate.agree")
    within(agree, whole, "agree is more than total")
    return Unanimity(whole, agree)
