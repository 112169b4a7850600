"""The count of an owners' vote building by building, as it is posted at the doors; no gate is decided by it."""

from collections.abc import Iterable
from typing import Any

from .choices import Choice
from .papers import Box
from .roll import Roll
from .weight import Weight, total


def by_building(roll: Roll, box: Box) -> dict[str, dict[str, Any]]:
    """What was said with the areas of each building. An owner in several buildings is a head in each of them.

    Empty if no unit states its building. A building with few owners tells how they voted: what is shown is for
    whoever posts it to judge.
    """
    said: dict[str, dict[str, Any]] = {}
    for building, areas in roll.buildings.items():
        took_part = [number for number in areas if number in box.marks]
        lines = {"total": _weight(areas, areas), "part": _weight(areas, took_part)}
        for choice in (*Choice, None):
            agreeing = [number for number in took_part if box.marks[number] == choice]
            lines[choice.value if choice else "invalid"] = _weight(areas, agreeing)
        said[building] = {line: weight.as_json() for line, weight in lines.items()}
    return said


def turnout_by_building(roll: Roll, box: Box) -> dict[str, dict[str, Any]]:
    """How many of each building took part, and never how: what an election has to tell at the doors."""
    return {
        building: {
            "total": _weight(areas, areas).as_json(),
            "part": _weight(areas, [number for number in areas if number in box.marks]).as_json(),
        }
        for building, areas in roll.buildings.items()
    }


def _weight(areas: dict[int, int], voters: Iterable[int]) -> Weight:
    return total(Weight(areas[number], 1) for number in voters)
