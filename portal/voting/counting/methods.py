"""The methods of the engine by the names that count files use: one file each, all read a case the same way."""

from collections.abc import Callable, Mapping
from typing import Any

from . import (
    approval,
    borda,
    committee_election,
    dual_majority,
    irv,
    meeting,
    pb_greedy,
    pb_mes,
    plurality,
    ranked_pairs,
    resolution,
    schulze,
    score,
    stv_meek,
    stv_scottish,
    totals,
    unanimity,
)
from .case import Case, read
from .unreadable import Unreadable

METHODS: dict[str, Callable[[Case], dict[str, Any]]] = {
    "plurality": plurality.recount,
    "approval": approval.recount,
    "dual_majority": dual_majority.recount,
    "gates": totals.recount,
    "residents_assembly": meeting.recount_assembly,
    "committee_meeting": meeting.recount_committee,
    "unanimity": unanimity.recount,
    "committee_election": committee_election.recount,
    "resolution": resolution.recount,
    "score": score.recount,
    "irv": irv.recount,
    "borda": borda.recount,
    "schulze": schulze.recount,
    "ranked_pairs": ranked_pairs.recount,
    "stv_scottish": stv_scottish.recount,
    "stv_meek": stv_meek.recount,
    "pb_greedy": pb_greedy.recount,
    "pb_mes": pb_mes.recount,
}


def recount(case: Mapping[str, Any]) -> dict[str, Any]:
    """The result of a case, with the keys of `expected`. Raises Unreadable if it is no case of a known method."""
    known = read(case)
    if known.method not in METHODS:
        raise Unreadable(f"unknown method {known.method!r}")
    return METHODS[known.method](known)
