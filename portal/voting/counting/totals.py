"""An owners' vote of which only the sums are known: what a certificate prints, or a paper register adds up to."""

from collections.abc import Mapping
from typing import Any

from . import assembly_rules
from .assembly_rules import AssemblyRules
from .case import Case
from .choices import Choice
from .gates import gates
from .names import stated
from .silence import Silent
from .statement import of_gates
from .unreadable import Unreadable
from .weighing import weighed
from .weight import Weight, weight
from .weight import total as sum_of

_CHOICES = {
    Choice.FOR: ("for", "agree"),
    Choice.AGAINST: ("against", "oppose"),
    Choice.ABSTAIN: ("abstain",),
}


def recount(case: Case) -> dict[str, Any]:
    """`electorate` (or `params`): `total`, `part` and `agree`, each `["area", heads]`.

    Instead of `part`: `against`, `abstain`, `invalid`, and `silent`: those served with proof and warning who gave no
    paper. What is not stated is nought, but `total` must be. Raises Unreadable.
    """
    item, rules = assembly_rules.item(case.params), assembly_rules.read(case.params)
    total = _sum(case, "total")
    if stated(case, "total") is None:
        raise Unreadable('electorate.total: ["area", heads] is needed')
    if stated(case, "part") is None:
        return _by_choice(case, item, total, rules)
    part, agree = _sum(case, "part"), _sum(case, *_CHOICES[Choice.FOR])
    within(part, total, "part is more than total")
    within(agree, part, "agree is more than part")
    return of_gates(gates(item, total, part, agree))


def _by_choice(case: Case, item: int, total: Weight, rules: AssemblyRules) -> dict[str, Any]:
    tally: Mapping[Choice, Weight] = {choice: _sum(case, *keys) for choice, keys in _CHOICES.items()}
    spoilt, served = _sum(case, "invalid"), _sum(case, "silent")
    answered = sum_of([*tally.values(), spoilt])
    within(answered.plus(served), total, "more took part or were silent than there are")
    invalid = spoilt if rules.invalid_participates else Weight()
    unserved = Weight(*(whole - a - s for whole, a, s in zip(total, answered, served)))  # noqa: B905 (Python 3.9)
    return weighed(item, total, tally, invalid, Silent(served, unserved, []), rules.silence).as_json()


def within(part: Weight, whole: Weight, fault: str) -> None:
    """Raises Unreadable if a part is more than its whole."""
    if part.area > whole.area or part.heads > whole.heads:
        raise Unreadable(f"electorate: {fault}")


def _sum(case: Case, *keys: str) -> Weight:
    """Of the first key that is stated; nought if none is."""
    for key in keys:
        value = stated(case, key)
        if value is not None:
            return weight(value, f"electorate.{key}")
    return Weight()
