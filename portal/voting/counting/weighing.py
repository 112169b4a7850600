"""From what was said, by weight, through the gates; with silence where the rules let it count."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from .assembly_rules import Silence
from .choices import Choice
from .gates import Gates, gates
from .silence import RULE_DEPENDENT, Silent, joins
from .statement import of_gates
from .weight import Weight, total


class Weighed(NamedTuple):
    """`gates`: the result. `plain`: the same without those who are deemed to have said something.

    `tally`: of the papers alone; `invalid`: spoilt papers that take part; `deemed`: what the silent are taken to say.
    """

    gates: Gates
    plain: Gates
    tally: Mapping[Choice, Weight]
    invalid: Weight
    silent: Silent
    deemed: Choice | None

    def as_json(self) -> dict[str, Any]:
        """With the keys of a case's `expected`; a result that leans on silence carries its flag and the `plain` one."""
        choices = {choice.value: weight.as_json() for choice, weight in self.tally.items()}
        said = of_gates(self.gates) | {"choices": choices | {"invalid": self.invalid.as_json()}}
        if self.deemed is None:
            return said
        silent = {
            "deemed": self.deemed.value,
            "served": self.silent.served.as_json(),
            "unserved": self.silent.unserved.as_json(),
            "unserved_units": self.silent.units,
        }
        return said | {"flag": RULE_DEPENDENT, "plain": of_gates(self.plain), "silent": silent}


def weighed(
    item: int, whole: Weight, tally: Mapping[Choice, Weight], invalid: Weight, silent: Silent, rule: Silence
) -> Weighed:
    """`silent`: of those who gave no paper; only the served among them can be deemed to have said something."""
    plain = _through_gates(item, whole, tally, invalid)
    deemed = joins(rule, tally)
    if deemed is None:
        return Weighed(plain, plain, tally, invalid, silent, None)
    with_silent = {**tally, deemed: tally[deemed].plus(silent.served)}
    return Weighed(_through_gates(item, whole, with_silent, invalid), plain, tally, invalid, silent, deemed)


def _through_gates(item: int, whole: Weight, tally: Mapping[Choice, Weight], invalid: Weight) -> Gates:
    return gates(item, whole, total([*tally.values(), invalid]), tally[Choice.FOR])
