"""Pure rules of awards: who is the same, how names stand on the paper, who is honoured, how long it is posted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from ..core import clock, signs, workdays
from ..core.alike import known_as
from ..voting.draw import drawn
from ..voting.papers import MOST_NAMES
from .words import Days, Ties, Vacancy

LONGEST_NOMINATION = timedelta(days=90)
LEAST_POSTING: dict[Days, int] = {Days.WORKING: 5, Days.CALENDAR: 7}
MOST_POSTING = 60
LEAST_VOTE, MOST_VOTE = 3, 30
"""Days of the vote."""
MOST_PLACES = 10
MOST_ADMITTED = MOST_NAMES
"""In one category: all of them stand on one paper."""
MOST_EACH = 3
"""Nominees of one award that one person puts forward."""
LONGEST_TITLE, LONGEST_NOTE = 60, 120
"""Of a line of the ballot."""


def named_alike(name: str, other: str) -> bool:
    return known_as(name) == known_as(other)


def one_and_the_same(name: str, where: str, other_name: str, other_where: str) -> bool:
    """Whether two nominations certainly mean one person or group: names and places alike. Anything less is looked at
    by people, who may put two together."""
    return known_as(name) == known_as(other_name) and known_as(where) == known_as(other_where)


def titles(named: Sequence[tuple[str, str]]) -> list[str]:
    """What stands on the paper for (name, where): the name; with the place for those who share it."""
    shared = [name for name, _where in named]
    full = [f"{name}（{where}）" if shared.count(name) > 1 and where else name for name, where in named]
    return [title[:LONGEST_TITLE] for title in full]


def note(text: str) -> str:
    """A line about somebody that fits the paper."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_NOTE else line[: LONGEST_NOTE - 1] + "…"


def order(seed: str, on_paper: Sequence[str]) -> list[int]:
    """The places of the titles as the public number puts them, the first first."""
    by_lot = drawn(seed, on_paper)
    return sorted(range(len(on_paper)), key=lambda n: by_lot.index(on_paper[n]))


class Placed(NamedTuple):
    """Somebody in the ranking. Who is level has the same rank; the next has as many before him as there are."""

    title: str
    votes: int
    rank: int
    honoured: bool


def ranking(tally: Mapping[str, Any], lot: Sequence[str], ties: Ties) -> list[Placed]:
    """The count of a poll as places. Nobody is honoured without a vote. `lot`: those of the tied whom a lot chose."""
    votes: Mapping[str, int] = tally["tally"]
    last = tally["tied"] if ties is Ties.ALL else lot
    honoured = {*tally["winners"], *last}
    return [
        Placed(title, n, 1 + sum(m > n for m in votes.values()), n > 0 and title in honoured)
        for title, n in sorted(votes.items(), key=lambda item: -item[1])
    ]


class Standing(NamedTuple):
    """What decides who follows: where somebody stands, and whether he is honoured, or was struck out or gave it up."""

    id: int
    title: str
    votes: int
    honoured: bool
    removed: bool


def followers(
    standings: Sequence[Standing], places: int, ties: Ties, vacancy: Vacancy, seed: str
) -> list[int]:
    """Who moves up into a place that came free: the next by votes, or nobody, as was announced. Of those who are level
    all, or the one whom the public number of the paper's order puts first, as was announced too."""
    if vacancy is Vacancy.EMPTY:
        return []
    honoured = sum(s.honoured for s in standings)
    left = [s for s in standings if not s.honoured and not s.removed and s.votes > 0]
    moved: list[int] = []
    while honoured < places and left:
        most = max(s.votes for s in left)
        level = [s for s in left if s.votes == most]
        if ties is Ties.LOT:
            first = drawn(seed, [s.title for s in level])[0]
            level = [s for s in level if s.title == first]
        moved += [s.id for s in level]
        honoured += len(level)
        left = [s for s in left if s.id not in moved]
    return moved


def posted_until(start: datetime, days: int, kind: Days) -> datetime:
    """The end of a posting: the midnight after its last full day; the day it begins does not count."""
    first = clock.local(start).date()
    last: date = workdays.after(first, days) if kind is Days.WORKING else first + timedelta(days=days)
    return clock.at(last + timedelta(days=1))


def too_short(days: int, kind: Days) -> bool:
    return days < LEAST_POSTING[kind]


def certificate_number(year: int, serial: int) -> str:
    """`荣〔2026〕012号`: year and serial within the community, as paper has it."""
    return f"荣〔{year}〕{serial:03d}号"


CODE = 12
"""Signs of the code of a certificate: 60 bits."""


def code(number: int) -> str:
    """A code of a certificate made of a random number of 60 bits."""
    return signs.spelled(number, CODE)


def read_code(typed: str) -> str | None:
    """A code as somebody typed it; None if it cannot be one."""
    return signs.read(typed, CODE)


def spaced(written: str) -> str:
    """A code as it is read: 7K3M-92QD-4F0A."""
    return signs.grouped(written)


def lacking(admitted: int, places: int) -> bool:
    """Whether there is nothing to choose: a vote needs more names than places."""
    return admitted <= places


def alike(on_paper: Collection[str]) -> bool:
    """Whether two lines of a paper would read the same."""
    return len(set(on_paper)) != len(on_paper)
