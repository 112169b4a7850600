"""The methods by the names that count files use."""

from collections.abc import Callable

from . import budgets, duels, motion, points, runoff, seats, tallied
from .parts import Explanation, Question

METHODS: dict[str, Callable[[Question], Explanation]] = {
    "resolution": motion.resolution,
    "plurality": tallied.plurality,
    "approval": tallied.approval,
    "score": points.score,
    "borda": points.borda,
    "irv": runoff.irv,
    "schulze": duels.schulze,
    "ranked_pairs": duels.ranked_pairs,
    "stv_scottish": seats.stv_scottish,
    "stv_meek": seats.stv_meek,
    "pb_greedy": budgets.pb_greedy,
    "pb_mes": budgets.pb_mes,
}


def explain(asked: Question) -> Explanation:
    """Raises KeyError for a method of another kind of vote."""
    return METHODS[asked.method](asked)
