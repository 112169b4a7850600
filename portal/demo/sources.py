"""The story files as they lie in the folder, and the hours they name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ..core import clock

FOLDER = Path(__file__).parent
STORIES = FOLDER / "stories"
VOTES = FOLDER / "votes"
ROSTER = FOLDER / "roster-dongxing.xlsx"
"""As the community sent it in: four homes have no area and are refused."""
CORRECTED_ROSTER = FOLDER / "roster-dongxing-corrected.xlsx"
"""As it was sent in again."""
NOT_TOPICS = ("people", "pictures", "shops")


class Broken(Exception):
    """The demo did not come out as its stories say."""


Fields = Mapping[str, Any]
"""A mapping of a story file, whose format the README states and the tests of the demo check."""


@dataclass(frozen=True)
class Story:
    """One topic or one owners' vote as it is told."""

    key: str
    stage: str
    """Where it stands after the last step. A topic: 征集 … 评价; a vote: the portal's word for its state."""
    end: str
    """Of a screened topic: open, declined, merged, referred. Of a counted vote: passed, short. Else ""."""
    steps: tuple[Fields, ...]

    @property
    def estate(self) -> str:
        """ "" for a topic of the whole community."""
        return str(self.steps[0].get("estate", ""))

    @property
    def building(self) -> str:
        return str(self.steps[0].get("building", ""))


@cache
def people() -> Mapping[str, Fields]:
    """The named people, by key, in the order of the file."""
    return _read(STORIES / "people.yaml")


@cache
def pictures() -> Mapping[str, Fields]:
    """The pictures, by key."""
    return _read(STORIES / "pictures.yaml")


@cache
def shops() -> tuple[Fields, ...]:
    """The partner merchants, in the order in which they came."""
    return tuple(yaml.safe_load((STORIES / "shops.yaml").read_text(encoding="utf-8")))


@cache
def stories() -> tuple[Story, ...]:
    """All topics, by key."""
    return tuple(read(path) for path in sorted(STORIES.glob("*.yaml")) if path.stem not in NOT_TOPICS)


@cache
def votes() -> tuple[Story, ...]:
    """All votes of the owners, by key."""
    return tuple(read(path) for path in sorted(VOTES.glob("*.yaml")))


def read(path: Path) -> Story:
    """One topic's file, or one vote's."""
    told = _read(path)
    return Story(told["key"], told["stage"], told.get("end", ""), tuple(told["steps"]))


def moment(text: str, day_zero: date) -> datetime:
    """The instant of `"-42 19:30"`: 42 days before day zero, at that time of the community's clock."""
    number, _, hour = text.partition(" ")
    hours, _, minutes = hour.partition(":")
    return clock.at(day(int(number), day_zero), int(hours), int(minutes))


def day(number: int, day_zero: date) -> date:
    """The day so many days after day zero."""
    return day_zero + timedelta(days=number)


def _read(path: Path) -> dict[str, Any]:
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(told, dict)
    return told
