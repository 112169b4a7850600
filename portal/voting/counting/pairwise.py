"""Who is preferred to whom: every pair of options as a duel on the same papers."""

from collections.abc import Mapping, Sequence
from typing import Literal

from .rankings import Tiers

Pairwise = dict[str, dict[str, int]]
Strength = Literal["winning_votes", "margins"]
Defeats = dict[tuple[str, str], int]


def preferences(papers: Mapping[Tiers, int], options: Sequence[str]) -> Pairwise:
    """`[a][b]`: papers that rank a above b. Options that a paper does not rank share its last place.

    One long number a option holds its duels side by side, each in a field wide enough for all papers: so a place
    on a paper costs one addition, however many options it stands above.
    """
    width = sum(papers.values()).bit_length()
    one = {option: 1 << (number * width) for number, option in enumerate(options)}
    everybody, won = sum(one.values()), dict.fromkeys(options, 0)
    for tiers, count in papers.items():
        below = everybody * count
        for tier in tiers:
            for option in tier:
                below -= one[option] * count
            for option in tier:
                won[option] += below
    field = (1 << width) - 1
    return {
        a: {b: (won[a] >> (number * width)) & field for number, b in enumerate(options) if b != a}
        for a in options
    }


def condorcet_winner(pairwise: Pairwise) -> str | None:
    """The option that wins every duel, if there is one."""
    for option, wins in pairwise.items():
        if all(votes > pairwise[other][option] for other, votes in wins.items()):
            return option
    return None


def defeats(pairwise: Pairwise, strength: Strength) -> Defeats:
    """How strongly a beats b, by (a, b): the votes of the winner, or how many more they are. A drawn duel is none."""
    return {
        (a, b): votes if strength == "winning_votes" else votes - pairwise[b][a]
        for a, wins in pairwise.items()
        for b, votes in wins.items()
        if votes > pairwise[b][a]
    }
