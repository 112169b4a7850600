"""Time in words: the clock of a duty, moments, days and spans of days.

Nothing here asks what time it is: `now` is an argument, already in the community's time zone.
Month and weekday names come from the CLDR tables of Babel, cached, since one formatting costs 17 µs.
"""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from babel.dates import format_skeleton
from markupsafe import Markup

from portal.core.leaves_marks import SPRITE, marks

Moment = dt.datetime
_TONES = {
    "ok": ("ok", "clock-3"),
    "soon": ("warn", "hourglass"),
    "over": ("danger", "triangle-alert"),
    "none": ("neutral", "clock-3"),
}
_CLOCK = Markup('<span class="clock" data-tone="%s" data-sla="%s">%s%s</span>')
_TIME = Markup('<time datetime="%s">%s</time>')
_DAY = dt.timedelta(days=1)
_HOUR = dt.timedelta(hours=1)
_MINUTE = dt.timedelta(minutes=1)
_NBSP = "\u00a0"


def _local(moment: Moment, now: Moment) -> Moment:
    """`moment` on the clock of `now`; a moment without zone is taken to be there already."""
    if now.tzinfo is None:
        return moment.replace(tzinfo=None)
    return moment.replace(tzinfo=now.tzinfo) if moment.tzinfo is None else moment.astimezone(now.tzinfo)


def sla_state(due: Moment | None, now: Moment, start: Moment | None = None) -> str:
    """ok, soon, over or none. Soon is the last quarter of the term, or, if its start is unknown, 24 hours."""
    if due is None:
        return "none"
    left = _local(due, now) - now
    if left < dt.timedelta(0):
        return "over"
    warning = (_local(due, now) - _local(start, now)) / 4 if start is not None else _DAY
    return "soon" if left <= warning else "ok"


def used_percent(due: Moment, now: Moment, start: Moment) -> int:
    """How much of the term is gone, 0 to 100, rounded down so that it is full only when time is up."""
    whole = _local(due, now) - _local(start, now)
    if whole <= dt.timedelta(0):
        return 100
    return max(0, min(100, (now - _local(start, now)) * 100 // whole))


@lru_cache(4096)
def _date(day: dt.date, locale: str, with_year: bool) -> str:
    return str(format_skeleton("yMMMd" if with_year else "MMMd", day, locale=locale))


@lru_cache(4096)
def _weekday(day: dt.date, locale: str) -> str:
    return str(format_skeleton("EEE", day, locale=locale))


def _hour(moment: Moment) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _day_of(value: dt.date, now: Moment | None) -> dt.date:
    if not isinstance(value, dt.datetime):
        return value
    return (_local(value, now) if now is not None else value).date()


def _last_day(end: dt.date, now: Moment | None) -> dt.date:
    if not isinstance(end, dt.datetime):
        return end
    here = _local(end, now) if now is not None else end
    return here.date() - (_DAY if (here.hour, here.minute) == (0, 0) else dt.timedelta(0))


class TimeWords:
    """The words of one language for moments and lengths of time; its public methods are the filters."""

    def __init__(self, _: Callable[[str], str], locale: str, sprite: str = SPRITE) -> None:
        self._ = _
        self._locale = locale
        self._icon = marks(_, sprite)["icon"]
        self._face = lru_cache(2048)(self._draw)
        self._told = lru_cache(4096)(self._tell)

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Filter name → function."""
        own: dict[str, Callable[..., Any]] = {"clock": self.clock, "left": self.left, "when": self.when}
        own |= {"dated": self.dated, "until": self.until}
        return {**own, "day": self.day, "span": self.span, "used": used_percent, "sla": sla_state}

    def clock(self, due: Moment | None, now: Moment, start: Moment | None = None, who: str = "") -> Markup:
        """`due|clock(now, start, who)` — time left on a duty; `who` goes before it (商户超时 1 天)."""
        gap = " " if who and not self._locale.startswith("zh") else ""
        return self._face(sla_state(due, now, start), who + gap + self.left(due, now, False))

    def left(self, due: Moment | None, now: Moment, fine: bool = True) -> str:
        """`due|left(now)` — 还剩 6 小时 12 分, 超时 1 天; 不限时 without a deadline."""
        if due is None:
            return self._("不限时")
        length = _local(due, now) - now
        if length < dt.timedelta(0):
            return self._("超时 %(time)s") % {"time": self._length(-length, False)}
        return self._("还剩 %(time)s") % {"time": self._length(length, fine)}

    def when(self, moment: Moment | None, now: Moment) -> Markup:
        """`at|when(now)` — 今天 15:32, 昨天 9:05, else 6月19日（周五）20:00; the year only if another."""
        if moment is None:
            return Markup("")
        return self._told(moment, moment.tzinfo, now.replace(hour=0, minute=0, second=0, microsecond=0))

    def dated(self, moment: Moment | None, now: Moment) -> Markup:
        """`at|dated(now)` — 2026年6月19日（周五）20:00, for paper: it is read when today is another day."""
        if moment is None:
            return Markup("")
        here = _local(moment, now)
        return _TIME % (here.isoformat(timespec="minutes"), self._full(here.date(), _hour(here), True))

    def until(self, moment: Moment | None, now: Moment, full: bool = False) -> Markup:
        """`end|until(now)` — an end as `when` says it, `full` as `dated`: but midnight is the 24:00 of the day that
        ends with it. Who reads 7月2日 0:00 comes a day too late."""
        if moment is None:
            return Markup("")
        here = _local(moment, now)
        if (here.hour, here.minute) != (0, 0):
            return self.dated(moment, now) if full else self.when(moment, now)
        eve = here - _DAY
        text = self._full(eve.date(), "24:00", True) if full else self._spoken(eve, now, "24:00")
        return _TIME % (here.isoformat(timespec="minutes"), text)

    def day(self, value: dt.date | None, now: Moment | None = None, weekday: bool = False) -> Markup:
        """`on|day(now)` — 6月19日, with the year if it is not that of `now` or `now` is left out."""
        if value is None:
            return Markup("")
        on = _day_of(value, now)
        text = _date(on, self._locale, now is None or on.year != now.year)
        if weekday:
            parts = {"date": text, "weekday": _weekday(on, self._locale)}
            text = self._("%(date)s（%(weekday)s）") % parts
        return _TIME % (on.isoformat(), text)

    def span(self, start: dt.date, end: dt.date, now: Moment | None = None) -> Markup:
        """`start|span(end, now)` — 6月12日—6月18日. What ends at midnight ends with the day before."""
        return Markup("%s—%s") % (self.day(start, now), self.day(_last_day(end, now), now))

    def _draw(self, state: str, text: str) -> Markup:
        tone, shape = _TONES[state]
        return _CLOCK % (tone, state, self._icon(shape), text)

    def _tell(self, moment: Moment, _zone: dt.tzinfo | None, midnight: Moment) -> Markup:
        """`_zone` is there for the cache: the same instant in two zones is equal, its wall clock is not."""
        here = _local(moment, midnight)
        return _TIME % (here.isoformat(timespec="minutes"), self._spoken(here, midnight, _hour(here)))

    def _spoken(self, moment: Moment, now: Moment, hour: str) -> str:
        apart = (moment.date() - now.date()).days
        near = {0: self._("今天 %(time)s"), -1: self._("昨天 %(time)s"), 1: self._("明天 %(time)s")}
        if apart in near:
            return near[apart] % {"time": hour}
        return self._full(moment.date(), hour, moment.year != now.year)

    def _full(self, on: dt.date, hour: str, with_year: bool) -> str:
        parts = {"date": _date(on, self._locale, with_year), "weekday": _weekday(on, self._locale)}
        return self._("%(date)s（%(weekday)s）%(time)s") % {**parts, "time": hour}

    def _length(self, length: dt.timedelta, fine: bool) -> str:
        """3 天, 6 小时, 40 分钟, rounded down, at least a minute; `fine` adds the next unit."""
        days, hours, minutes = length // _DAY, length % _DAY // _HOUR, length % _HOUR // _MINUTE
        if days:
            pattern = self._("%(d)s 天 %(h)s 小时") if fine and hours else self._("%(d)s 天")
        elif hours:
            pattern = self._("%(h)s 小时 %(m)s 分") if fine and minutes else self._("%(h)s 小时")
        else:
            pattern = self._("%(m)s 分钟")
        return (pattern % {"d": days, "h": hours, "m": max(1, minutes)}).replace(" ", _NBSP)
