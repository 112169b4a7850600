"""What came out, as pure functions: counts, cross tables, and what is left out so that nobody is recognised.

A count below `FEWEST` is not told (None), nor is whatever would let one compute it: in every line whose sum is known
at least two counts are left out, and together they are `FEWEST` or more.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from .rules import SCALE, Asked, Sheet
from .words import Kind

FEWEST = 3
CROSSED = (Kind.ONE, Kind.SEVERAL, Kind.SCALE)
"""What can be told apart by groups."""
OTHERS = "others"
"""The group that small groups are put into."""
ELSEWHERE = -1
"""What stands for the building of a sheet whose own would lead to somebody."""

Count = int | None
Matrix = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Tally:
    """One question: how many answered it, and how often each option was chosen (None: not told)."""

    answered: int
    counts: tuple[Count, ...] = ()
    mean: Fraction | None = None
    """Of a scale or of numbers, where nothing follows from it that is not told."""
    median: Fraction | None = None


@dataclass(frozen=True)
class Group:
    """A line of a cross table: what its members have in common, how many answered, and their counts."""

    key: Hashable
    answered: int
    counts: tuple[Count, ...]


def hidden(matrix: Matrix, rows_add: bool, before: Sequence[bool] = ()) -> list[list[bool]]:
    """Which counts are not told. The sum of every column is known, that of every row if `rows_add`; `before`: columns
    whose sum is not told, so that none of their counts may be."""
    hide = [[0 < n < FEWEST or (bool(before) and before[c]) for c, n in enumerate(row)] for row in matrix]
    lines = [[(r, c) for r in range(len(matrix))] for c in range(len(matrix[0]))] if matrix else []
    if rows_add:
        lines += [[(r, c) for c in range(len(row))] for r, row in enumerate(matrix)]
    while added := [cell for line in lines for cell in _also(matrix, hide, line)]:
        for r, c in added:
            hide[r][c] = True
    return hide


def _also(
    matrix: Matrix, hide: Sequence[Sequence[bool]], line: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The next count of a line to be left out, if what is left out can still be computed."""
    gone = [cell for cell in line if hide[cell[0]][cell[1]]]
    left = [cell for cell in line if not hide[cell[0]][cell[1]]]
    if not gone or not left or (len(gone) > 1 and sum(matrix[r][c] for r, c in gone) >= FEWEST):
        return []
    return [min(left, key=lambda cell: (matrix[cell[0]][cell[1]] == 0, matrix[cell[0]][cell[1]], cell))]


def tally(asked: Asked, position: int, sheets: Sequence[Sheet]) -> Tally:
    """The count of one question."""
    given = [sheet.answers[position] for sheet in sheets if position in sheet.answers]
    if len(given) < FEWEST:
        return Tally(len(given), (None,) * _width(asked))
    if asked.kind is Kind.TEXT:
        return Tally(len(given))
    if asked.kind is Kind.NUMBER:
        numbers = sorted(n for n in given if isinstance(n, int))
        return Tally(len(given), (), Fraction(sum(numbers), len(numbers)), _middle(numbers))
    counted = _counted(asked, position, sheets)
    told = _told(counted, hidden([counted], True)[0] if _adds(asked) else _few(counted))
    if asked.kind is not Kind.SCALE or None in told:
        return Tally(len(given), told)
    points = [n for n in given if isinstance(n, int)]
    return Tally(len(given), told, Fraction(sum(points), len(points)))


def cross(
    asked: Asked,
    position: int,
    sheets: Sequence[Sheet],
    groups: Mapping[Hashable, Sequence[Sheet]],
    untold: Collection[Hashable] = (),
) -> list[Group]:
    """The count of one question group by group; none if what can be told apart is not two groups. `groups` share out
    all the sheets. Small groups are put together, and those whose size is not told elsewhere (`untold`)."""
    answered = {
        key: [sheet for sheet in members if position in sheet.answers] for key, members in groups.items()
    }
    kept = put_together({key: len(members) for key, members in answered.items() if members}, untold)
    if len(kept) < 2:
        return []
    matrix = []
    for keys in kept.values():
        matrix.append(_counted(asked, position, [sheet for key in keys for sheet in answered[key]]))
    whole = tally(asked, position, sheets)
    hide = hidden(matrix, _adds(asked), [n is None for n in whole.counts])
    return [
        Group(key, sum(len(answered[k]) for k in keys), _told(row, gone))
        for (key, keys), row, gone in zip(kept.items(), matrix, hide, strict=True)
    ]


def put_together(
    sizes: Mapping[Hashable, int], untold: Collection[Hashable] = ()
) -> dict[Hashable, list[Hashable]]:
    """Groups below `FEWEST` are one group, with the next smallest if they are still too few or only one."""
    small = [key for key, size in sizes.items() if size < FEWEST or key in untold]
    large = sorted((key for key in sizes if key not in small), key=lambda key: sizes[key])
    while small and large and (len(small) < 2 or sum(sizes[key] for key in small) < FEWEST):
        small.append(large.pop(0))
    kept: dict[Hashable, list[Hashable]] = {key: [key] for key in sizes if key in large}
    if small:
        kept[OTHERS] = small
    return kept


def coarsened(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets as they are kept for good. Who answered is known, and so are his building and what he is there: a
    sheet that says so alone, or nearly, would lead to him. Small groups lose what they have in common, so that at least
    `FEWEST` sheets say the same, unless there are fewer in all."""
    return [
        replace(sheet, building=building, relation=relation)
        for building, there in _merged(by_building(sheets), ELSEWHERE)
        for relation, alike in _merged(by_relation(there), "")
        for sheet in alike
    ]


def _merged(groups: Mapping[Any, Sequence[Sheet]], rest: Any) -> Iterator[tuple[Any, list[Sheet]]]:
    """Groups of enough sheets; those that are too small are one, by the name `rest`."""
    for key, keys in put_together({key: len(members) for key, members in groups.items()}).items():
        yield rest if key == OTHERS else key, [sheet for each in keys for sheet in groups[each]]


def by_building(sheets: Sequence[Sheet]) -> dict[Hashable, list[Sheet]]:
    return _grouped(sheets, lambda sheet: sheet.building)


def by_relation(sheets: Sequence[Sheet]) -> dict[Hashable, list[Sheet]]:
    return _grouped(sheets, lambda sheet: sheet.relation)


def by_answer(sheets: Sequence[Sheet], position: int) -> dict[Hashable, list[Sheet]]:
    """By what was chosen at another question; "" for those who did not answer it."""
    return _grouped(sheets, lambda sheet: sheet.answers.get(position, ""))  # type: ignore[arg-type,return-value]


def _grouped(sheets: Sequence[Sheet], key: Callable[[Sheet], Hashable]) -> dict[Hashable, list[Sheet]]:
    found: dict[Hashable, list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(key(sheet), []).append(sheet)
    return found


def _width(asked: Asked) -> int:
    return {Kind.SCALE: len(SCALE), Kind.NUMBER: 0, Kind.TEXT: 0}.get(asked.kind, len(asked.options))


def _counted(asked: Asked, position: int, sheets: Sequence[Sheet]) -> list[int]:
    counts = [0] * _width(asked)
    first = SCALE[0] if asked.kind is Kind.SCALE else 0
    for sheet in sheets:
        given = sheet.answers.get(position)
        for chosen in given if isinstance(given, list) else [given]:
            if isinstance(chosen, int):
                counts[chosen - first] += 1
    return counts


def _adds(asked: Asked) -> bool:
    """Whether the counts add up to how many answered: each chose one."""
    return asked.kind is not Kind.SEVERAL or asked.most == 1


def _few(counts: Sequence[int]) -> list[bool]:
    """Of several that can be chosen together no sum is known."""
    return [0 < n < FEWEST for n in counts]


def _told(counts: Sequence[int], gone: Sequence[bool]) -> tuple[Count, ...]:
    return tuple(None if hide else n for n, hide in zip(counts, gone, strict=True))


def _middle(numbers: Sequence[int]) -> Fraction:
    """The median."""
    half = len(numbers) // 2
    if len(numbers) % 2:
        return Fraction(numbers[half])
    return Fraction(numbers[half - 1] + numbers[half], 2)
