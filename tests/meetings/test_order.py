"""One order of holding: the meeting, then what belongs to it. Two orders are two people who wait for each other."""

from collections.abc import Callable

import pytest

from portal.core import clock
from portal.core.actor import system
from portal.core.db import db
from portal.meetings.actions.calling import answer_invitation
from portal.meetings.actions.motions import (
    count_hands,
    decide_motion,
    enter_hand,
    enter_second,
    put_motion,
    second_motion,
    show_hand,
    withdraw_motion,
)
from portal.meetings.actions.running import lapse_due
from portal.meetings.actions.turns import declare_stake
from portal.meetings.models import Meeting
from portal.meetings.presence import end_of_day
from portal.meetings.room import Motion
from portal.meetings.tally import Choice
from portal.meetings.words import Reply
from tests.conftest import Held
from tests.meetings.conftest import THURSDAY, invitation_of, moved
from tests.world import World


def _act(world: World, motion: Motion, name: str) -> None:
    meeting = db.session.get_one(Meeting, motion.meeting_id)
    manager = invitation_of(meeting, world.ids["manager"]).id
    acts: dict[str, Callable[[], object]] = {
        "second": lambda: second_motion(world.chair, motion),
        "enter_second": lambda: enter_second(world.secretary, motion, invitation_id=manager),
        "withdraw": lambda: withdraw_motion(world.secretary, motion),
        "put": lambda: put_motion(world.secretary, motion),
        "show": lambda: show_hand(world.chair, motion, choice=Choice.FOR),
        "enter": lambda: enter_hand(world.secretary, motion, invitation_id=manager, choice=Choice.FOR),
        "count": lambda: count_hands(world.secretary, motion, n_for=1, n_against=0, n_abstain=0),
        "decide": lambda: decide_motion(world.secretary, motion),
    }
    acts[name]()


@pytest.mark.parametrize("name", ["second", "enter_second", "withdraw"])
def test_a_motion_that_was_moved(name: str, world: World, open_: Meeting, held: Held) -> None:
    motion = moved(world, open_)
    held.clear()
    _act(world, motion, name)
    assert held == ["meeting", "motion"]


def test_a_motion_that_is_put(world: World, open_: Meeting, held: Held) -> None:
    motion = moved(world, open_)
    second_motion(world.chair, motion)
    declare_stake(world.chair, open_, what="")
    for name in ("put", "show", "enter", "count", "decide"):
        held.clear()
        _act(world, motion, name)
        assert held == ["meeting", "motion"], name


def test_an_answer(world: World, called: Meeting, held: Held) -> None:
    invitation = invitation_of(called, world.ids["owner"])
    held.clear()
    answer_invitation(world.owner, invitation, reply=Reply.YES)
    assert held == ["meeting", "invitation"]


def test_the_clock(world: World, put: Motion, held: Held) -> None:
    night = end_of_day(THURSDAY)
    with clock.frozen(night):
        held.clear()
        assert lapse_due(system(night)) == 1
    assert held[0] == "meeting"
