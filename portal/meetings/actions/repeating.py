"""Series: a body meets on fixed days; its meetings are planned some weeks ahead, each day once."""

from datetime import date, timedelta

import sqlalchemy as sa

from ...core import clock, ticks
from ...core.actions import action, made, store
from ...core.actor import Actor
from ...core.db import db
from ...core.errors import Invalid
from ...core.eventlog import record
from ...core.text import _
from .. import schedule
from ..events import SeriesEnded, SeriesStarted
from ..models import Body, Meeting, Series
from ..policy import Can
from ..schedule import Every, Pattern, Shift
from ..words import MeetingState
from .planning import FARTHEST, begun, cancel_meeting, in_the_way, overlapping

AHEAD = 62
"""Days for which the meetings of a series are there."""
MOST_SERIES = 6
"""Fixed days that a body has at a time."""
SHOWN_IN_THE_WAY = 3
"""Of the meetings that leave a series no room."""
AT_ONCE = 50
"""Series that one tick looks at; the rest are for the next."""


@action(Can.RUN)
def start_series(
    actor: Actor, body: Body, *, pattern: Pattern, shift: Shift, begins: int, starts: date, once: str
) -> Series:
    """Meet on the days of a pattern from a day on, at a time of day (minutes after midnight). The same `once` again
    returns the series it made before. Raises Invalid for a pattern that names no day, for a day that has passed or is
    far away, where the body has fixed days enough, and where it meets already on every one of these."""
    if known := made(Series, once, started_by_id=actor.id):
        return known
    _check(pattern, begins)
    _check_start(actor, body, starts)
    assert actor.id is not None
    series = Series(
        body_id=body.id,
        every=pattern.every,
        days=list(pattern.days),
        nth=pattern.nth,
        shift=shift,
        begins=begins,
        starts=starts,
        planned_to=starts - timedelta(days=1),
        started_by_id=actor.id,
        once=once,
    )
    store(series)
    record(actor, body, SeriesStarted(series.id))
    if taken := _plan(actor, body, series):
        _refuse_if_none_is_left(series, taken)
    return series


def _refuse_if_none_is_left(series: Series, taken: list[Meeting]) -> None:
    """Days of which every one is taken would be fixed days on which nothing is ever held. Raises Invalid."""
    own = sa.select(Meeting.id).where(Meeting.series_id == series.id)
    if db.session.scalar(own.limit(1)) is None:
        raise Invalid.of([in_the_way(other, "hour") for other in taken[:SHOWN_IN_THE_WAY]])


@action(Can.RUN)
def end_series(actor: Actor, body: Body, *, series_id: int, cancelled_because: str = "") -> int:
    """No further meetings are planned. Those that are planned stay, to be held or called off one by one; with a reason
    those that nobody was called to yet are called off at once. Returns how many. Does nothing twice."""
    series = db.session.get(Series, series_id)
    if series is None or series.body_id != body.id:
        raise Invalid(_("没有这个固定日子，请刷新页面看看。"))
    if series.ends is None:
        series.ends = actor.today
        record(actor, body, SeriesEnded(series.id))
    if not cancelled_because:
        return 0
    ahead = db.session.scalars(sa.select(Meeting).where(*uncalled(actor, series.id))).all()
    for meeting in ahead:
        cancel_meeting(actor, meeting, reason=cancelled_because)
    return len(ahead)


def uncalled(actor: Actor, series_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    """The meetings of a series that are ahead and that nobody was called to yet."""
    return (
        Meeting.series_id == series_id,
        Meeting.state == MeetingState.PLANNED,
        Meeting.starts_at > actor.now,
    )


@action(Can.PLAN)
def plan_ahead(actor: Actor, body: Body, *, series_id: int) -> None:
    """Plan what has come into reach since the last time."""
    _plan(actor, body, db.session.get_one(Series, series_id))


def plan_due(actor: Actor) -> int:
    """Let every series plan the weeks ahead; how many series had something to look at."""
    reach = clock.today() + timedelta(days=AHEAD)
    found = (
        sa.select(Body, Series.id)
        .join(Series, Series.body_id == Body.id)
        .where(Series.ends.is_(None), Series.planned_to < reach)
        .order_by(Series.planned_to)
    )
    due = db.session.execute(found.limit(AT_ONCE)).all()
    return ticks.each(due, lambda row: plan_ahead(actor, row.Body, series_id=row.id))


def _plan(actor: Actor, body: Body, series: Series) -> list[Meeting]:
    """The meetings up to `AHEAD` days from today that are not there yet. A day on which the body meets anyway is left
    to that meeting, which is returned; one whose hour has passed is left out."""
    taken = []
    reach = actor.today + timedelta(days=AHEAD)
    pattern = Pattern(series.every, tuple(series.days), series.nth)
    first = series.planned_to + timedelta(days=1)
    for met in schedule.occurrences(pattern, first, reach, series.shift):
        starts_at = clock.at(met.day, *divmod(series.begins, 60))
        ends_at = starts_at + timedelta(minutes=body.minutes)
        if starts_at <= actor.now:
            continue
        if other := overlapping(body.id, starts_at, ends_at):
            taken.append(other)
            continue
        once = f"series-{series.id}-{met.planned:%Y%m%d}"
        begun(actor, body, body.name, starts_at, ends_at, once, (series.id, met.planned, met.provisional))
    series.planned_to = max(series.planned_to, reach)
    return taken


def _check_start(actor: Actor, body: Body, starts: date) -> None:
    if starts < actor.today:
        raise Invalid(_("请从今天或以后开始。"), "starts")
    if starts > actor.today + timedelta(days=FARTHEST):
        raise Invalid(_("时间太远了，请检查年份。"), "starts")
    running = sa.select(sa.func.count()).where(Series.body_id == body.id, Series.ends.is_(None))
    if (db.session.scalar(running) or 0) >= MOST_SERIES:
        raise Invalid(_("一个会议机制最多定 %(most)d 个固定日子，请先停掉一个。", most=MOST_SERIES), "every")


def _check(pattern: Pattern, begins: int) -> None:
    by_month = pattern.every is Every.MONTH_DAYS
    field = "month_days" if by_month else "weekdays"
    if not pattern.days:
        raise Invalid(_("请至少选一天。"), field)
    if any(day not in (schedule.DAYS if by_month else range(7)) for day in pattern.days):
        raise Invalid(_("每月的日子请写 1 到 28，或者选最后一天。"), field)
    if pattern.every is Every.NTH_WEEKDAYS and pattern.nth not in schedule.NTHS:
        raise Invalid(_("请选每月第几个。"), "nth")
    if not 0 <= begins < 24 * 60:
        raise Invalid(_("请写几点开会，例如 19:00。"), "hour")
