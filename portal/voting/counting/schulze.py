"""The strongest path of defeats decides every duel; who loses none is elected.

Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method", Social Choice and Welfare 36 (2011).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from . import condorcet
from .case import Case
from .condorcet import Duels, Survivors
from .pairwise import Defeats, Strength, defeats


def recount(case: Case) -> dict[str, Any]:
    """`params`: `strength` (`winning_votes`, `margins`). `path_strengths[a][b]`: the strongest path from a to b."""
    said = condorcet.recount(case, unbeaten)
    won = defeats(said["pairwise"], condorcet.strength_of(case))
    return {**said, "path_strengths": strongest_paths(case.options, won)}


def count(
    ballots: Iterable[Mapping[str, Any]], options: Sequence[str], *, strength: Strength = "winning_votes"
) -> Duels:
    """`{ranking, count}` or `{tiers, count}`; what is not ranked shares the last place."""
    return condorcet.count(ballots, options, unbeaten, strength)


def unbeaten(options: Sequence[str], won: Defeats) -> Survivors:
    """The options whose strongest path to any other is not weaker than the path back."""
    path = strongest_paths(options, won)
    return Survivors([a for a in options if all(path[a][b] >= path[b][a] for b in options)])


def strongest_paths(options: Sequence[str], won: Defeats) -> dict[str, dict[str, int]]:
    """A path is as strong as its weakest defeat; no path is 0."""
    path = {a: {b: won.get((a, b), 0) for b in options} for a in options}
    for via in options:
        onward = path[via]
        for start in options:
            reach = path[start][via]
            if reach and start != via:
                row = path[start]
                path[start] = {b: max(row[b], min(reach, onward[b])) for b in options}
    return path
