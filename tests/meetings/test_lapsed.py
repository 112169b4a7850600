"""A meeting that nobody closes: on somebody's desk, and closed when its day is over, which is kept."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock, ticks
from portal.core.actor import system
from portal.core.db import db
from portal.core.errors import Conflict, NotAllowed, NotVisible
from portal.core.eventlog import Entry
from portal.core.waiting import waiting_for
from portal.meetings.actions.running import close_meeting, lapse_meeting
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.presence import end_of_day
from portal.meetings.room import Motion
from portal.meetings.words import MeetingState, MotionState
from tests.meetings.conftest import THURSDAY
from tests.world import World

END = THURSDAY + timedelta(minutes=90)
MIDNIGHT = end_of_day(END)


def tick() -> int:
    return ticks.JOBS["meetings_lapse"](system())


def asked_to_close(world: World, who: str) -> bool:
    return any(w.kind == "close_meeting" for w in waiting_for(world.actor(who)))


def test_the_midnight_after_it_was_to_end() -> None:
    assert clock.local(MIDNIGHT).isoformat(timespec="minutes")[:16] == "2026-06-26T00:00"
    assert end_of_day(MIDNIGHT) - MIDNIGHT == timedelta(days=1), (
        "one that ends at midnight ends on the next day"
    )


def test_it_waits_on_the_desk_of_those_who_run_it(world: World, open_: Meeting) -> None:
    with clock.frozen(END + timedelta(minutes=59)):
        assert not asked_to_close(world, "secretary"), "meetings run late"
    with clock.frozen(END + timedelta(minutes=61)):
        assert asked_to_close(world, "secretary")
        assert asked_to_close(world, "worker"), "the recorder"
        assert not asked_to_close(world, "owner")
        assert not asked_to_close(world, "other_secretary")
        close_meeting(world.worker, open_)
        assert not asked_to_close(world, "secretary")


def test_when_its_day_is_over_the_clock_closes_it(world: World, put: Motion, open_: Meeting) -> None:
    with clock.frozen(MIDNIGHT - timedelta(minutes=1)):
        assert tick() == 0
    with clock.frozen(MIDNIGHT + timedelta(minutes=1)):
        assert tick() == 1
        assert tick() == 0
        assert (open_.state, open_.closed_at, open_.closed_by_clock) == (MeetingState.CLOSED, END, True)
        assert put.state is MotionState.SECONDED, "nobody counted the hands"
        open_items = sa.select(AgendaItem.id).where(
            AgendaItem.taken_up_at.is_not(None), AgendaItem.done_at.is_(None)
        )
        assert db.session.scalars(open_items).all() == []
        names = set(db.session.scalars(sa.select(Entry.name)))
        assert {"meeting.lapsed", "motion.lapsed", "minutes.drafted"} <= names
        assert "meeting.closed" not in names
        with pytest.raises(NotAllowed):
            close_meeting(world.secretary, open_)


def test_whoever_is_first(world: World, open_: Meeting) -> None:
    with clock.frozen(MIDNIGHT):
        close_meeting(world.secretary, open_)
        assert tick() == 0
        assert not open_.closed_by_clock


def test_only_the_clock_and_not_before(world: World, open_: Meeting) -> None:
    with pytest.raises(Conflict, match="没过完"):
        lapse_meeting(system(), open_)
    with clock.frozen(MIDNIGHT):
        for name in ("secretary", "worker"):
            with pytest.raises(NotAllowed):
                lapse_meeting(world.actor(name), open_)
        with pytest.raises(NotVisible):
            lapse_meeting(world.other_secretary, open_)
