"""Owners who were served the paper and gave none back, where the assembly's rules let their silence count.

Only an owner reached with proof, and warned of what silence means, can be deemed to have said anything; the others
stay silent whatever the rules. A result that leans on silence is shown with the plain count beside it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .assembly_rules import Silence
from .choices import Choice
from .papers import Box
from .roll import Roll
from .weight import Weight, total

RULE_DEPENDENT = "RULE_DEPENDENT"


class Silent(NamedTuple):
    """`served` with proof and warning, by weight; `unserved`: the others, with the units that proof is missing for."""

    served: Weight
    unserved: Weight
    units: list[str]


def silent(roll: Roll, box: Box, served: Iterable[str]) -> Silent:
    """Those who gave no paper at all. Who gave a spoilt one, or differs from his co-owner, has answered."""
    reached = {number for owner in served for number in roll.find(owner)}
    quiet = [number for number in range(len(roll.voters)) if number not in box.answered]
    unserved = [roll.voters[n] for n in quiet if n not in reached]
    return Silent(
        served=total(roll.voters[n].weight for n in quiet if n in reached),
        unserved=total(v.weight for v in unserved),
        units=[unit for voter in unserved for unit in voter.units],
    )


def joins(rule: Silence, tally: Mapping[Choice, Weight]) -> Choice | None:
    """What the silent are deemed to have said; None: nothing, they do not take part."""
    if rule is Silence.NOT_PARTICIPATING:
        return None
    return (leading(tally) if rule is Silence.FOLLOW_MAJORITY else None) or Choice.ABSTAIN


def leading(tally: Mapping[Choice, Weight]) -> Choice | None:
    """What most said, by area and by heads; None where the two differ or there is a tie: then nothing leads."""
    for choice, weight in tally.items():
        others = [other for said, other in tally.items() if said is not choice]
        if all(weight.area > other.area and weight.heads > other.heads for other in others):
            return choice
    return None
