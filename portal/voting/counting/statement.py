"""What a count of owners says, as JSON: the keys that worked cases expect, and what explains them."""

from typing import Any

from .gates import SPECIAL, Gate, Gates, Verdict
from .papers import Box, Reason
from .roll import Blocked, Roll
from .weight import exact, plain

REJECTED = frozenset(Reason) - {Reason.INVALID, Reason.BLANK, Reason.CO_OWNER_CONFLICT}
"""Papers that were refused, or gave way to another of the same voter. The rest were taken and then not counted."""


def of_gates(gates: Gates) -> dict[str, Any]:
    """Both gates. `shortfall_…` is of the gate that decided: what to say is 差0.01㎡, never a rounded percentage."""
    first, second = gates.participation, gates.agreement
    deciding = second if first.met else first
    return {
        "item": gates.item,
        "kind": gates.kind,
        "total_area": exact(gates.total.area),
        "total_owners": gates.total.heads,
        "participating_area": exact(gates.part.area),
        "participating_owners": gates.part.heads,
        "for_area": exact(gates.agree.area),
        "for_owners": gates.agree.heads,
        "quorum_area": first.area_met,
        "quorum_owners": first.heads_met,
        "threshold_area": second.area_met,
        "threshold_owners": second.heads_met,
        "total": gates.total.as_json(),
        "part": gates.part.as_json(),
        "agree": gates.agree.as_json(),
        "part_ok": first.met,
        "agree_ok": second.met,
        "passed": gates.verdict is Verdict.PASSED,
        "result": gates.verdict.value,
        "verdict": gates.verdict.value,
        "shortfall_area": plain(deciding.short.area),
        "shortfall_heads": deciding.short.heads,
        "shortfalls": {"participation": short(first), "agreement": short(second)},
    }


def blocked(roll: Blocked, item: int | None = None) -> dict[str, Any]:
    """No count: the units that something must be mended about."""
    kind = {} if item is None else {"item": item, "kind": "special" if item in SPECIAL else "ordinary"}
    verdict = Verdict.BLOCKED.value
    return {
        **kind,
        "passed": False,
        "result": verdict,
        "verdict": verdict,
        "reason": roll.reason,
        "units": roll.units,
    }


def of_box(box: Box, roll: Roll) -> dict[str, Any]:
    """Every paper that does not count, with its reason, in the order of time; and the units of co-owners who differ."""
    return {
        "conflicts": [unit for number in box.conflicts for unit in roll.voters[number].units],
        "rejected_ballots": [u.owner for u in box.uncounted if u.reason in REJECTED],
        "uncounted": [
            {"ballot": u.number, "owner": u.owner, "reason": u.reason.value} for u in box.uncounted
        ],
    }


def of_roll(roll: Roll) -> dict[str, Any]:
    """What the roll is made of, for its cover sheet: area and number of units by use."""
    return {
        "roll": {
            "counted": {use: weight.as_json() for use, weight in roll.uses.items()},
            "left_out": {use: weight.as_json() for use, weight in roll.left_out.items()},
        }
    }


def short(gate: Gate) -> dict[str, Any]:
    """What a gate is short of, and the least that it takes."""
    return {
        "area": plain(gate.short.area),
        "owners": gate.short.heads,
        "least": gate.least.as_json(),
    }
