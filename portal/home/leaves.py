"""Small words of the first page and the desk, as filters."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ..core.text import _
from ..core.waiting import KINDS, Wait
from ..councils.words import STOP_WORD, Stop


def waited(since: datetime, now: datetime) -> str:
    """How long something has waited, in its largest unit: 6 天, 18 小时, 5 分钟."""
    length = max(now - since, timedelta(0))
    if length >= timedelta(days=1):
        return _("%(d)s 天", d=length.days).replace(" ", "\u00a0")
    hours = length // timedelta(hours=1)
    if hours:
        return _("%(h)s 小时", h=hours).replace(" ", "\u00a0")
    return _("%(m)s 分钟", m=max(1, length // timedelta(minutes=1))).replace(" ", "\u00a0")


def kind_tag(kind: str) -> str:
    """What a kind of waiting asks of the reader: 请您筛选."""
    return _(KINDS[kind].tag)


def kind_verb(kind: str) -> str:
    """The word of its one button: 去筛选."""
    return _(KINDS[kind].verb)


def kind_due(kind: str) -> str:
    """What happens at the hour that stands there: %(time)s 截止."""
    return _(KINDS[kind].due)


def kind_icon(kind: str) -> str:
    return KINDS[kind].icon


HOT = {
    "screen": Stop.SCREEN,
    "respond": Stop.DELIBERATE,
    "vote": Stop.DECIDE,
    "open_poll": Stop.DECIDE,
    "close_poll": Stop.DECIDE,
    "certify_poll": Stop.DECIDE,
}
"""Kind of waiting → the stop of the line where that thing stands."""


def count_line(counts: dict[Stop, int], waits: Sequence[Wait] = ()) -> list[tuple[str, int, bool, str]]:
    """What `route_count` draws of the seven stops: (word, count, something of mine is there, address)."""
    hot = {HOT.get(wait.kind) for wait in waits}
    return [(_(STOP_WORD[stop]), n, stop in hot, f"/topics?stop={stop.value}") for stop, n in counts.items()]


FILTERS: dict[str, Any] = {
    f.__name__: f for f in (waited, kind_tag, kind_verb, kind_due, kind_icon, count_line)
}
