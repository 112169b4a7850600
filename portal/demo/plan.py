"""Who does what when: the steps of all stories as single deeds in one order of time. Pure; knows no database.

A step with a crowd (`n` further neighbours) becomes one deed a person, a few minutes apart. Neighbours are named by
the place they are drawn from and a number: `Neighbour("一化小区", "3", 17)`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import NamedTuple

from .sources import Fields, Story, moment

APART = timedelta(minutes=4)
"""Between two people of a crowd, if the story leaves the time."""
MORE = {"estate": 40, "building": 5}
"""Neighbours beyond those a story needs, so that not everybody takes part in everything."""
CLOCK = "tick"
"""The verb of the portal's own clock."""
AT_TABLE = "at table"
"""The verb of what happens around a meeting: the deed's field `do` does it."""
HOURS = ("opens", "closes", "until", "effect_from")
"""Fields that name an hour at which the clock does something."""

ABOUT = ("agree", "rate_response")
"""Verbs that a crowd does anew for every `to`."""
NEAR = ("vote", "ballot", "read_notice", "object_to_roll", "object_to_result")
"""Verbs of people who live at the very place; others come from its estate."""


class Neighbour(NamedTuple):
    """A person without a name in the stories; `number` counts the households of the place."""

    estate: str
    building: str
    number: int


Person = str | Neighbour
"""A key of people.yaml, or a neighbour."""


@dataclass(frozen=True)
class Deed:
    """One person does one thing. The clock's own deeds have no story and nobody who does them."""

    at: datetime
    verb: str
    who: Person = ""
    story: str = ""
    fields: Fields | None = None


@dataclass(frozen=True)
class Plan:
    """All deeds in order, and how many neighbours are needed of each (estate, building)."""

    deeds: tuple[Deed, ...]
    crowds: dict[tuple[str, str], int]


def plan(stories: Sequence[Story], day_zero: date) -> Plan:
    """The deeds of all stories, told so that day zero is `day_zero`."""
    crowds = _crowds(stories)
    told = [deed for story in stories for deed in _deeds(story, day_zero, crowds)]
    told += _ticks(stories, day_zero)
    # The sort is stable: deeds of one story at one instant stay in order, and the clock comes after people.
    return Plan(tuple(sorted(told, key=lambda deed: deed.at)), crowds)


def crowd_of(story: Story, verb: str) -> tuple[str, str]:
    """Where the neighbours of a step are drawn from: voters live at the place, others in its estate."""
    return (story.estate, story.building if verb in NEAR else "")


def _crowds(stories: Iterable[Story]) -> dict[tuple[str, str], int]:
    needed: dict[tuple[str, str], int] = {}
    for story in stories:
        for (verb, _), count in _groups(story).items():
            where = crowd_of(story, verb)
            more = MORE["building" if where[1] else "estate"]
            needed[where] = max(needed.get(where, 0), count + more)
    return needed


def _groups(story: Story) -> dict[tuple[str, str], int]:
    """How many neighbours do each thing once: (verb, the ask or comment it is about) → n."""
    counts: dict[tuple[str, str], int] = {}
    for step in story.steps:
        if step.get("n"):
            counts[_group(step)] = counts.get(_group(step), 0) + step["n"]
    return counts


def _group(step: Fields) -> tuple[str, str]:
    return (step["do"], step["to"] if step["do"] in ABOUT else "")


def _deeds(story: Story, day_zero: date, crowds: dict[tuple[str, str], int]) -> Iterator[Deed]:
    drawn = {
        group: iter(_draw(story, group, count, crowds[crowd_of(story, group[0])]))
        for group, count in _groups(story).items()
    }
    midnight = moment("0 00:00", day_zero)
    hours = [moment(step["d"], day_zero) for step in story.steps]
    for step, (at, following) in zip(story.steps, pairwise([*hours, midnight]), strict=True):
        by = step.get("by", [])
        who: list[Person] = [by] if isinstance(by, str) else list(by)
        who += [next(drawn[_group(step)]) for _ in range(step.get("n", 0))]
        apart = min(APART, (following - at) / (len(who) + 1))
        for position, person in enumerate(who):
            yield Deed(at + position * apart, step["do"], person, story.key, step)


def _draw(story: Story, group: tuple[str, str], count: int, among: int) -> list[Neighbour]:
    """Different neighbours for one thing of one story; the same ones whenever the demo is built."""
    estate, building = crowd_of(story, group[0])
    chosen = Random(f"{story.key}/{group[0]}/{group[1]}").sample(range(among), count)
    return [Neighbour(estate, building, number) for number in chosen]


def _ticks(stories: Iterable[Story], day_zero: date) -> list[Deed]:
    """The clock acts at every hour that a step named, and once a night."""
    named = {
        moment(step[f], day_zero) for story in stories for step in story.steps for f in HOURS if f in step
    }
    first = min(int(story.steps[0]["d"].split()[0]) for story in stories)
    nights = {moment(f"{day} 00:05", day_zero) for day in range(first, 1)}
    return [Deed(hour, CLOCK) for hour in named | nights if hour <= max(nights)]
