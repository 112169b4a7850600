"""A million ballots by every method: how long the pure count takes, and in how much memory.

A few options and people who think alike give thousands of kinds of paper in a million, not a million; each comes as a
line of its own all the same. Owners are weighed one by one: 50,000 units with an owner each.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.voting.counting import recount

from .child import peak_megabytes

BALLOTS = 1_000_000
KINDS = 20_000
OWNERS = 50_000
OPTIONS = [f"方案{n}" for n in range(10)]


@dataclass(frozen=True)
class CountFigures:
    method: str
    ballots: int
    """Lines of the count file, none merged beforehand."""
    seconds: float
    """CPU."""
    peak_mb: float


def _ranked(**params: Any) -> dict[str, Any]:
    return {"options": OPTIONS, "params": params, "ballots": _ballots(lambda dice: {"ranking": _some(dice)})}


def _approved(**more: Any) -> dict[str, Any]:
    return {"options": OPTIONS, "ballots": _ballots(lambda dice: {"approve": _some(dice)}), **more}


def _chosen(options: list[str], **params: Any) -> dict[str, Any]:
    return {
        "options": options,
        "params": params,
        "ballots": _ballots(lambda d: {"choice": d.choice(options)}),
    }


def _scored() -> dict[str, Any]:
    return {"options": OPTIONS, "params": {"min": 0, "max": 5}, "ballots": _ballots(_scores)}


def _spent() -> dict[str, Any]:
    costs = {option: str(1000 * (n + 1)) for n, option in enumerate(OPTIONS)}
    return _approved(costs=costs, budget="20000", params={"utility": "cost"})


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "plurality": lambda: _chosen(OPTIONS),
    "approval": _approved,
    "score": _scored,
    "irv": _ranked,
    "borda": _ranked,
    "schulze": _ranked,
    "ranked_pairs": _ranked,
    "stv_scottish": lambda: _ranked(seats=5),
    "stv_meek": lambda: _ranked(seats=5),
    "pb_greedy": _spent,
    "pb_mes": _spent,
    "resolution": lambda: _chosen(["for", "against", "abstain"], eligible=BALLOTS),
    "dual_majority": lambda: _owners(),
}


def count(method: str) -> CountFigures:
    """Run this in a process of its own, or the memory is not its."""
    case = {"method": method, **CASES[method]()}
    started = time.process_time()
    recount(case)
    seconds = time.process_time() - started
    return CountFigures(method, len(case["ballots"]), seconds, peak_megabytes())


def _ballots(draw: Callable[[random.Random], dict[str, Any]]) -> list[dict[str, Any]]:
    dice = random.Random(1)
    kinds = [draw(dice) for _ in range(KINDS)]
    return [kinds[dice.randrange(KINDS)] for _ in range(BALLOTS)]


def _some(dice: random.Random) -> list[str]:
    return dice.sample(OPTIONS, dice.randint(1, len(OPTIONS)))


def _scores(dice: random.Random) -> dict[str, Any]:
    return {"scores": {o: dice.randint(0, 5) for o in OPTIONS}}


def _owners() -> dict[str, Any]:
    """An owners' vote: every owner is weighed by himself, so a line each."""
    dice = random.Random(1)
    units = [
        {"unit": f"u{n}", "area": f"{dice.randint(5000, 14000) / 100:.2f}", "owner": f"s{n}"}
        for n in range(OWNERS)
    ]
    papers = [{"owner": f"s{n}", "choice": dice.choice(("for", "against"))} for n in range(OWNERS)]
    return {
        "options": ["for", "against", "abstain"],
        "params": {"item": 5},
        "electorate": {"units": units},
        "ballots": papers,
    }
