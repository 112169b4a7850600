"""Choosing who agrees so that their area is one hundredth short of more than half. Pure.

Areas are whole numbers of 0.01 m². More than half of `part` is `part // 2 + 1`, so whoever agrees must come to
`part // 2` exactly: which sums of some areas can be had at all is one long integer, a bit a sum.
"""

from collections.abc import Sequence


def subset(areas: Sequence[int], wanted: int) -> list[int] | None:
    """Positions of some areas that come to `wanted`, many small ones rather than few large ones; None if none do."""
    order = sorted(range(len(areas)), key=lambda n: -areas[n])
    within = (1 << wanted + 1) - 1 if wanted >= 0 else 0
    sums = [1 & within]
    for position in order:
        sums.append((sums[-1] | sums[-1] << areas[position]) & within)
    if not sums[-1] >> max(wanted, 0) & 1:
        return None
    return _taken(areas, order, sums, wanted)


def _taken(areas: Sequence[int], order: Sequence[int], sums: Sequence[int], left: int) -> list[int]:
    """Back from the whole to nothing: an area is taken wherever the rest can be had without it."""
    taken = []
    for position, before in zip(reversed(order), reversed(sums[:-1]), strict=True):
        rest = left - areas[position]
        if rest >= 0 and before >> rest & 1:
            taken.append(position)
            left = rest
    return taken
