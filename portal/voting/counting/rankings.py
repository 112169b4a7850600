"""Ranked papers as they are read, for every method that counts preferences.

A paper lists places from the first down, as `ranking` or as `tiers`. A place holds one option, or a list of
options marked alike. A mark that is no option of the case is passed over, so is an empty place; of an option
marked twice the first mark counts. Equal papers are merged, so that work grows with the distinct ones, and the
order and the grouping in which papers come cannot matter.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

Ranking = tuple[str, ...]
Tiers = tuple[tuple[str, ...], ...]


class Rankings(NamedTuple):
    """`papers`: how many of each ranking; `empty`: papers that rank nobody (blank, unknown, over-voted at once)."""

    papers: dict[Ranking, int]
    empty: int


class WeakRankings(NamedTuple):
    """As `Rankings`, with options of equal rank in one tier, in the order of the options."""

    papers: dict[Tiers, int]
    empty: int


def strict(ballots: Iterable[Mapping[str, Any]], options: Sequence[str]) -> Rankings:
    """One option a place. Different options at one place are an over-vote: the paper ends before that place."""
    known = frozenset(options)
    papers: dict[Ranking, int] = {}
    for marks, count in _merged(ballots).items():
        ranking = _until_over_vote(marks, known)
        papers[ranking] = papers.get(ranking, 0) + count
    return Rankings(papers, papers.pop((), 0))


def weak(ballots: Iterable[Mapping[str, Any]], options: Sequence[str]) -> WeakRankings:
    """Options at one place are ranked alike. Options that are not ranked are in no tier."""
    place_on_paper = {option: number for number, option in enumerate(options)}
    alone = {option: (option,) for option in options}
    papers: dict[Tiers, int] = {}
    for marks, count in _merged(ballots).items():
        if _plain(marks, alone.keys()):
            tiers: Tiers = tuple([alone[option] for option in marks])
        else:
            tiers = _tiers(marks, place_on_paper)
        papers[tiers] = papers.get(tiers, 0) + count
    return WeakRankings(papers, papers.pop((), 0))


def _merged(ballots: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], int]:
    """How many papers bear the same marks, before anything is made of them."""
    merged: dict[tuple[Any, ...], int] = {}
    for ballot in ballots:
        marks = tuple(ballot.get("ranking") or ballot.get("tiers") or ())
        count = ballot.get("count", 1)
        if not count:
            continue
        try:
            merged[marks] = merged.get(marks, 0) + count
        except TypeError:  # a place is a list
            marks = tuple([_alone(place) or _hashable(place) for place in marks])
            merged[marks] = merged.get(marks, 0) + count
    return merged


def _alone(place: Any) -> str | None:
    """The only mark of a place, however it is written."""
    if isinstance(place, list) and len(place) == 1:
        place = place[0]
    return place if isinstance(place, str) else None


def _hashable(place: Any) -> Any:
    """A list of marks as a tuple; what is no mark at all as none."""
    if isinstance(place, list):
        return tuple(mark if isinstance(mark, str) else None for mark in place)
    return place if isinstance(place, str) else None


def _places(marks: Iterable[Any], known: Collection[str]) -> Iterator[list[str]]:
    """The different known options of each place that has any."""
    for place in marks:
        at_place = place if isinstance(place, tuple) else (place,)
        chosen = [option for option in dict.fromkeys(at_place) if option in known]
        if chosen:
            yield chosen


def _plain(marks: tuple[Any, ...], known: Set[str]) -> bool:
    """Whether the marks are a ranking as they stand: most papers are, and there may be a million of them."""
    once = set(marks)
    return len(once) == len(marks) and once <= known


def _until_over_vote(marks: tuple[Any, ...], known: frozenset[str]) -> Ranking:
    if _plain(marks, known):
        return marks
    ranking: dict[str, None] = {}
    for chosen in _places(marks, known):
        if len(chosen) > 1:
            break
        ranking[chosen[0]] = None
    return tuple(ranking)


def _tiers(marks: Iterable[Any], place_on_paper: Mapping[str, int]) -> Tiers:
    seen: set[str] = set()
    tiers: list[tuple[str, ...]] = []
    for chosen in _places(marks, place_on_paper):
        fresh = [option for option in chosen if option not in seen]
        if fresh:
            seen.update(fresh)
            tiers.append(tuple(sorted(fresh, key=place_on_paper.__getitem__)))
    return tuple(tiers)
