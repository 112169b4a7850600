"""What an agenda must be so that the meeting can hold it. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from ..core.text import _

MOST_CORE = 2
"""Topics that one meeting is to settle; a third needs a reason (domain file §1, D3)."""
LONGEST_ITEM = 240


class Item(NamedTuple):
    """A point of the agenda; `core`: a topic that this meeting is to settle."""

    title: str
    minutes: int
    core: bool = False


def faults(items: Iterable[Item], length: int, overrule: str = "") -> Iterator[str]:
    """All that is wrong with an agenda for a meeting of `length` minutes; `overrule` is why it has more core topics."""
    every = tuple(items)
    if not every:
        yield _("议程还是空的，请至少排一项。")
    core = sum(item.core for item in every)
    if core > MOST_CORE and not overrule:
        yield _(
            "排了 %(core)d 个核心议题，一次会最多 %(most)d 个。要多排，请写明理由。",
            core=core,
            most=MOST_CORE,
        )
    over = planned(every) - length
    if over > 0:
        yield _("议程比会议长 %(over)d 分钟，请减时间，或者把会开得长一些。", over=over)


def planned(items: Iterable[Item]) -> int:
    """The minutes of all items together."""
    return sum(item.minutes for item in items)


def timetable(starts_at: datetime, items: Iterable[Item]) -> list[datetime]:
    """When each item begins if all keep their time."""
    hours, at = [], starts_at
    for item in items:
        hours.append(at)
        at += timedelta(minutes=item.minutes)
    return hours
