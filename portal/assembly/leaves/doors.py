"""What a result tells building by building and floor by floor, of nobody alone."""

from collections.abc import Callable
from typing import Any

from ...core.text import _
from ...places.naming import ordinal
from ..floors import together
from .results import of

Result = dict[str, Any]


def building_rows(result: Result) -> list[tuple[str, int, int]]:
    """(building, heads that took part, heads) in the order of house numbers: never how they voted, and of buildings
    with very few owners together, so that nobody reads off who has voted."""
    lines = sorted(result.get("buildings", {}).items(), key=lambda line: ordinal(line[0]))
    return together([(name, of(line["part"]).heads, of(line["total"]).heads) for name, line in lines])


def floor_rows(result: Result) -> list[tuple[str, str]]:
    """(floors, how many of those who took part agreed) from the ground up, of a matter of a lift."""
    return [
        (
            _("%(first)s—%(last)s 层", first=first, last=last) if first != last else _("%(n)s 层", n=first),
            _("%(total)s 户，%(part)s 户参加，%(agree)s 户同意", total=total, part=part, agree=agree),
        )
        for first, last, agree, part, total in result.get("floors", ())
    ]


FILTERS: dict[str, Callable[..., Any]] = {"building_rows": building_rows, "floor_rows": floor_rows}
